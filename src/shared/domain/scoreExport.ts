/** Scores of films as DICOM objects. */
import { z } from 'zod'
import { OutsideReason } from './envelope.ts'
import { Refusal } from './film.ts'

/** A structured report, or a film with its score below it (Secondary Capture). */
export const ScoreObjectKind = z.enum(['sr', 'sc'])
export type ScoreObjectKind = z.infer<typeof ScoreObjectKind>

export const ScoreExportOrder = z.object({
  modelFolder: z.string(),
  films: z.array(
    z.object({
      path: z.string(),
      /** One a class, as the model gave them. */
      probabilities: z.array(z.number().min(0).max(1)).min(2),
      /** It was scored with black and white exchanged, because a person said that its file tells them wrong. */
      turned: z.boolean(),
      /** Why the film may lie outside of the training films, so that its score may mean nothing. */
      outside: z.array(OutsideReason),
    }),
  ),
  /** New or empty; made with its content as a whole. */
  folder: z.string().min(1),
  kinds: z.array(ScoreObjectKind).min(1),
})
export type ScoreExportOrder = z.infer<typeof ScoreExportOrder>

export const ExportedScore = z.discriminatedUnion('kind', [
  /** `files` lie in the folder. */
  z.object({ kind: z.literal('written'), path: z.string(), files: z.array(z.string()) }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type ExportedScore = z.infer<typeof ExportedScore>
