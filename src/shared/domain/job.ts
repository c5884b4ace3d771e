/** Long work as a person sees it: what it is, how far, how long yet, and how it ended. */
import { z } from 'zod'

export const JobKind = z.enum([
  'import',
  'samples',
  'training',
  'screening',
  'evaluation',
  'quality',
  'capsule',
  'export',
  'originals',
])
export type JobKind = z.infer<typeof JobKind>

export const JobState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({
    kind: z.literal('running'),
    /** 0–1; undefined while it cannot be known. */
    progress: z.number().min(0).max(1).optional(),
    /** One line: «Epoch 3 of 10», «1,204 of 5,216 films». */
    detail: z.string(),
    secondsLeft: z.number().optional(),
  }),
  z.object({ kind: z.literal('done'), detail: z.string() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
  /** The program ended while it ran; found at the next start. */
  z.object({ kind: z.literal('interrupted') }),
])
export type JobState = z.infer<typeof JobState>

export const JobSnapshot = z.object({
  id: z.string(),
  kind: JobKind,
  title: z.string(),
  state: JobState,
  /** What it makes: a data set's, a run's id. */
  subjectId: z.string().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
})
export type JobSnapshot = z.infer<typeof JobSnapshot>
