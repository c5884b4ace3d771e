/** A radiograph (or any other picture) as a file and as pixels. */
import { z } from 'zod'
import { DicomFacts } from './dicom.ts'
import { LabelReading } from './labelTable.ts'

export const FilmFormat = z.enum(['jpeg', 'png', 'bmp', 'gif', 'webp', 'tiff', 'dicom', 'idx'])
export type FilmFormat = z.infer<typeof FilmFormat>

/** What is known of a film once its pixels were read. */
export const FilmFacts = z.object({
  format: FilmFormat,
  rows: z.int(),
  columns: z.int(),
  samplesPerPixel: z.int(),
  bytes: z.int(),
  /** Of the file when it was read, milliseconds since 1970. */
  modifiedMs: z.number().optional(),
  /** SHA-256 of the file, hexadecimal. */
  fileHash: z.string(),
  /** SHA-256 of the decoded pixels with their shape: equal for identical films in other wrappings. */
  pixelHash: z.string(),
  /** The picture says of itself that no patient stands behind it. */
  synthetic: z.boolean(),
  /** What a DICOM file says of the film. */
  dicom: DicomFacts.optional(),
})
export type FilmFacts = z.infer<typeof FilmFacts>

/** A file that was looked at and not taken, and why, in words for the user. */
export const Refusal = z.object({
  path: z.string(),
  code: z.string(),
  reason: z.string(),
  /** Of a table: what is refused is that row. */
  line: z.int().optional(),
})
export type Refusal = z.infer<typeof Refusal>

/** How a folder was understood before anything is written. */
export const FolderLayout = z.enum(['parts-and-classes', 'classes', 'flat', 'idx', 'table'])
export type FolderLayout = z.infer<typeof FolderLayout>

export const SurveyedFilm = z.object({
  path: z.string(),
  className: z.string().optional(),
  part: z.enum(['train', 'validation', 'test']).optional(),
  patient: z.string(),
  /** Years, as a table says. */
  age: z.number().optional(),
  /** PA, AP, lateral …, as a table says. */
  view: z.string().optional(),
  /** Of the table that names it. */
  line: z.int().optional(),
})
export type SurveyedFilm = z.infer<typeof SurveyedFilm>

export const FolderSurvey = z.object({
  root: z.string(),
  layout: FolderLayout,
  /** In alphabetical order, which is the order of the labels. */
  classes: z.array(z.string()),
  films: z.array(SurveyedFilm),
  refused: z.array(Refusal),
  /** DICOMDIR files, which name films and are none. */
  indexes: z.array(z.string()).optional(),
  /** The rule that read patients from file names, in words; undefined where each film is its own. */
  patientRule: z.string().optional(),
  /** The table that said what the films show. */
  labels: LabelReading.optional(),
  /** Tables in the folder that may hold labels. */
  tables: z.array(z.string()).optional(),
})
export type FolderSurvey = z.infer<typeof FolderSurvey>
