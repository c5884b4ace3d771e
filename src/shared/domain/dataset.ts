/** Data sets as the library keeps them. The renderer knows films by id; paths stay in main. */
import { z } from 'zod'
import { FolderLayout } from './film.ts'
import { FindingKind } from './findingKind.ts'
import { LabelReading } from './labelTable.ts'
import { Part } from './part.ts'

export const ClassCount = z.object({
  className: z.string(),
  train: z.int(),
  validation: z.int(),
  test: z.int(),
  /** Films that stand in no part yet: the training splits them, by patient. */
  unassigned: z.int(),
})
export type ClassCount = z.infer<typeof ClassCount>

export const Dataset = z.object({
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  layout: FolderLayout,
  classes: z.array(z.string()),
  images: z.int(),
  patients: z.int(),
  refused: z.int(),
  /** Films whose pixels equal those of another film of the data set. */
  duplicates: z.int(),
  /** Films that a person left out of training, splits and evaluation; absent where there are none. */
  excluded: z.int().optional(),
  synthetic: z.boolean(),
  counts: z.array(ClassCount),
  patientRule: z.string().optional(),
  /** The table that said what the films show, by its name. */
  labels: LabelReading.optional(),
  /** ISO 8601: when all originals were last looked at. */
  checkedAt: z.string().optional(),
})
export type Dataset = z.infer<typeof Dataset>

/** What became of an original since it was imported. */
export const OriginalState = z.enum(['missing', 'changed'])
export type OriginalState = z.infer<typeof OriginalState>

/** A film in a grid or a list. Its pictures are image://image/<id>/thumbnail and image://image/<id>/pixels. */
export const ImageRow = z.object({
  id: z.string(),
  fileName: z.string(),
  className: z.string().optional(),
  part: Part.optional(),
  patient: z.string(),
  rows: z.int(),
  columns: z.int(),
  bytes: z.int(),
  synthetic: z.boolean(),
  /** Left out of training, splits and evaluation by a person; absent where it is not. */
  excluded: z.boolean().optional(),
  /** Words that a person gave it; absent where there are none. */
  tags: z.array(z.string()).optional(),
  /** What a person wrote of it; absent where nobody did. */
  note: z.string().optional(),
  /** What a check found and nobody has decided on; absent where that is nothing. */
  flags: z.array(FindingKind).optional(),
  /** Years, as a table says. */
  age: z.number().optional(),
  /** PA, AP, lateral …, as a table says. */
  view: z.string().optional(),
  /** Undefined: the original is what was imported, as far as was looked. */
  original: OriginalState.optional(),
})
export type ImageRow = z.infer<typeof ImageRow>

/** Bands of medicine: under 1 year, 1–5, 6–17, 18–39, 40–64, 65 and more. */
export const AgeBand = z.enum(['infant', 'small-child', 'child', 'adult', 'middle', 'old'])
export type AgeBand = z.infer<typeof AgeBand>

/** How many films of a patient a data set holds: 1, 2–4, 5 and more. */
export const PerPatient = z.enum(['one', 'few', 'many'])
export type PerPatient = z.infer<typeof PerPatient>

/** What neither a table nor the file tells. */
export const untold = 'untold'

export const ImageFilter = z.object({
  /** Empty or absent: all. «unassigned» stands for no part. */
  classes: z.array(z.string()).max(1000).optional(),
  parts: z.array(Part.or(z.literal('unassigned'))).optional(),
  /** By the shorter side: under 512, 1024, 2048 pixels, and more. */
  sizes: z.array(z.enum(['small', 'medium', 'large', 'full'])).optional(),
  /** Any of them. */
  tags: z.array(z.string()).max(100).optional(),
  perPatient: z.array(PerPatient).optional(),
  ages: z.array(AgeBand.or(z.literal(untold))).optional(),
  /** PA, AP, lateral …, or «untold». */
  views: z.array(z.string()).max(100).optional(),
  /** Any of these kinds of findings, as long as nobody has decided on it. */
  flags: z.array(FindingKind).optional(),
  /** Those that were excluded, or those that are in use. */
  excluded: z.boolean().optional(),
  /** Films whose pixels another film of the set has too. */
  copies: z.literal(true).optional(),
  /** One patient's alone. */
  patient: z.string().max(200).optional(),
  /** Part of a file name, a patient or a note, case ignored. */
  search: z.string().max(200).optional(),
})
export type ImageFilter = z.infer<typeof ImageFilter>

const Facet = z.object({ value: z.string(), count: z.int() })

/** Films of each kind under the filter's other choices. */
export const Facets = z.object({
  classes: z.array(Facet),
  parts: z.array(Facet),
  sizes: z.array(Facet),
  tags: z.array(Facet),
  perPatient: z.array(Facet),
  ages: z.array(Facet),
  views: z.array(Facet),
  flags: z.array(Facet),
  /** Excluded films, and films with an equal one. */
  excluded: z.int(),
  copies: z.int(),
})
export type Facets = z.infer<typeof Facets>

/** A filter that a person gave a name. */
export const SavedView = z.object({ id: z.string(), name: z.string(), filter: ImageFilter })
export type SavedView = z.infer<typeof SavedView>

/** What an import would do, shown before anything is written. */
export const ImportPreview = z.object({
  /** Stands for what the survey found; an import names it. */
  previewId: z.string(),
  suggestedName: z.string(),
  layout: FolderLayout,
  classes: z.array(z.string()),
  counts: z.array(ClassCount),
  images: z.int(),
  patients: z.int(),
  patientRule: z.string().optional(),
  refused: z.array(z.object({ file: z.string(), reason: z.string() })),
  /** Refused files beyond those listed. */
  refusedMore: z.int(),
  /** How a table of labels was read, by its name. */
  labels: LabelReading.optional(),
  /** Tables in the folder, from the folder on. */
  tables: z.array(z.string()).optional(),
  /** What a person should know before going on: no classes found, one class only … */
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof ImportPreview>
