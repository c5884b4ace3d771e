/** How films are dealt to parts, and what of it lets a network see its test beforehand. */
import { z } from 'zod'
import { Part } from './part.ts'

/** Reads a patient from a film by a regular expression: its groups joined by «_», or all that it matched. */
export const PatientRule = z.object({
  /** `dicom` takes the patient that the import read from the file's Patient ID, and has no pattern. */
  from: z.enum(['name', 'path', 'dicom']),
  pattern: z.string().max(500).default(''),
  /** For the person who reads it. */
  words: z.string().max(300).default(''),
})
export type PatientRule = z.output<typeof PatientRule>

export const PatientRules = z.array(PatientRule).max(20)

/** What rules would make of a data set, before anything is changed. */
export const PatientPreview = z.object({
  films: z.int(),
  patients: z.int(),
  /** In the order of the rules. */
  rules: z.array(
    z.object({
      films: z.int(),
      patients: z.int(),
      examples: z.array(z.object({ file: z.string(), key: z.string() })),
      /** Why the pattern cannot be used. */
      problem: z.string().optional(),
    }),
  ),
  /** Films that no rule reads: each is a patient of its own. */
  unread: z.object({ films: z.int(), examples: z.array(z.string()) }),
  /** Films whose patient would be another than now. */
  changed: z.int(),
})
export type PatientPreview = z.output<typeof PatientPreview>

/** How to deal films. Shares are of the patients of each class. */
export const SplitPlan = z.object({
  /** `image` leaves patients out of account: for comparison alone. */
  by: z.enum(['patient', 'image']).default('patient'),
  validation: z.number().min(0).max(0.5).default(0.15),
  test: z.number().min(0).max(0.5).default(0.15),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Deals all but the test into so many folds instead of a validation part. */
  folds: z.int().min(2).max(20).optional(),
})
export type SplitPlan = z.output<typeof SplitPlan>

/** What stands on two sides of a split at once. */
export const Overlap = z.object({
  /** Films of one patient, films with the same pixels, or nearly equal films. */
  kind: z.enum(['patient', 'copy', 'near-copy']),
  parts: z.tuple([Part, Part]),
  /** Patients, or groups of films. */
  groups: z.int().min(1),
  /** Films of these in the first part, and in the second. */
  films: z.tuple([z.int(), z.int()]),
})
export type Overlap = z.output<typeof Overlap>

/** Overlaps that a person trained with all the same; it goes wherever a figure of the training goes. */
export const SplitLeak = z.object({
  overlaps: z.array(Overlap).min(1),
  /** Films in each part. */
  sizes: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
})
export type SplitLeak = z.output<typeof SplitLeak>

/** Films of one class in each part. */
const ClassBalance = z.object({
  className: z.string(),
  train: z.int(),
  validation: z.int(),
  test: z.int(),
  unassigned: z.int(),
})

/** What the split doctor finds. */
export const SplitReport = z.object({
  films: z.int(),
  patients: z.int(),
  /** Films that share their pixels with another one. */
  copies: z.int(),
  /** Films that another one nearly equals; undefined while nobody had them looked for by a check of quality. */
  nearCopies: z.int().optional(),
  excluded: z.int(),
  balance: z.array(ClassBalance),
  overlaps: z.array(Overlap),
  /** Patients and copies on both sides, by name: a few of each. */
  examples: z.array(z.object({ kind: Overlap.shape.kind, name: z.string(), parts: z.array(Part) })),
})
export type SplitReport = z.output<typeof SplitReport>

/** A plan carried out on paper. */
export const SplitPreview = z.object({
  report: SplitReport,
  /** Films of each class in each fold, where there are folds. */
  folds: z.array(z.array(z.int())),
  classes: z.array(z.string()),
  /** What a split by image with the same seed and shares would do. */
  byImage: z.array(Overlap),
})
export type SplitPreview = z.output<typeof SplitPreview>
