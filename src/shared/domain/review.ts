/** Films opened for reading, with the model's score and the reader's verdict. */
import { z } from 'zod'
import { ImageRow } from './dataset.ts'
import { DicomFacts } from './dicom.ts'
import { Prediction } from './model.ts'

export const Verdict = z.enum(['normal', 'pneumonia', 'unsure', 'bad-quality'])
export type Verdict = z.infer<typeof Verdict>

export const WorklistItem = z.object({
  image: ImageRow,
  /** By the model that Review uses now; undefined until it has read the film. */
  prediction: Prediction.optional(),
  /** A reader said that the file tells black from white wrong: it is shown and scored the other way round. */
  turned: z.boolean(),
  verdict: Verdict.optional(),
  note: z.string().optional(),
  /** What the film's DICOM file says; undefined for other pictures. */
  dicom: DicomFacts.optional(),
})
export type WorklistItem = z.infer<typeof WorklistItem>

/** One verdict as it was given. */
export const Reading = z.object({
  verdict: Verdict,
  /** From the film on the screen to the verdict; undefined where it is not known. */
  seconds: z.number().min(0).optional(),
  /** ISO 8601. */
  decidedAt: z.string(),
  /** Whether the reader knew the model's score. */
  scoreSeen: z.boolean(),
})
export type Reading = z.infer<typeof Reading>

/** A film of the same patient, as DICOM tells it. */
export const OtherFilm = z.object({
  image: ImageRow,
  facts: DicomFacts,
  /** Where it stands to the film that was asked about. */
  relation: z.enum(['same-study', 'prior', 'later', 'undated']),
})
export type OtherFilm = z.infer<typeof OtherFilm>
