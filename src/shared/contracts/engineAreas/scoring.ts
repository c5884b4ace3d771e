/** What a model makes of films, and why. */
import { z } from 'zod'
import { OutsideReason } from '../../domain/envelope.ts'
import { ExplainOrder, Explanation, MapTrust } from '../../domain/explanation.ts'
import { Refusal } from '../../domain/film.ts'
import { ExportedScore, ScoreExportOrder } from '../../domain/scoreExport.ts'
import { ChangedFilm } from '../../domain/shortcut.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'

export const ScreenedFilm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scored'),
    path: z.string(),
    probabilities: z.array(z.number()),
    /** Why the film may be none of those that the model was made for. */
    outside: z.array(OutsideReason),
    /** The DICOM file's window would show nothing of it, so that its own range was used. */
    windowMissed: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type ScreenedFilm = z.infer<typeof ScreenedFilm>

export const scoringContract = {
  /** Scores films in order; a film that cannot be read is reported, not skipped. */
  screen: procedure({
    input: z.object({
      modelFolder: z.string(),
      paths: z.array(z.string()),
      /** Those of the paths whose files tell black from white wrong, as a person said. */
      turned: z.array(z.string()).optional(),
      /** Files read at once; as many as suit the machine when left out. */
      workers: z.int().min(1).max(64).optional(),
      /** `auto` when left out: jobs of many films may be scored in bfloat16, where that is faster and agrees. */
      precision: z.enum(['float32', 'auto']).optional(),
    }),
    progress: Count.extend({ films: z.array(ScreenedFilm) }),
    output: z.object({
      scored: z.int(),
      refused: z.int(),
      seconds: z.number(),
      /** In which the films after the first few were scored. */
      precision: z.enum(['float32', 'bfloat16']),
    }),
  }),
  /** Writes scores of DICOM films as DICOM objects into a new folder. */
  exportScores: procedure({
    input: ScoreExportOrder,
    progress: Count.extend({ films: z.array(ExportedScore) }),
    output: z.object({ written: z.int(), refused: z.int() }),
  }),
  /** Why one film has its score. */
  explain: procedure({ input: ExplainOrder, output: Explanation }),
  /** The film in grey, PNG. */
  filmPicture: procedure({
    input: ExplainOrder.pick({ path: true, turned: true }),
    output: z.object({ png: z.instanceof(Uint8Array) }),
  }),
  /** The film in grey with the map over it, PNG. */
  mapPicture: procedure({
    input: ExplainOrder,
    output: Explanation.omit({ values: true }).extend({ png: z.instanceof(Uint8Array) }),
  }),
  /** How far that map can be believed. */
  mapTrust: procedure({ input: ExplainOrder, progress: Count, output: MapTrust }),
  /** Scores films as they are and changed where no disease is. */
  shortcuts: procedure({
    input: z.object({
      modelFolder: z.string(),
      paths: z.array(z.string()),
      /** Those of the paths whose files tell black from white wrong, as a person said. */
      turned: z.array(z.string()).optional(),
    }),
    progress: Count.extend({ films: z.array(ChangedFilm) }),
    output: z.object({ scored: z.int(), refused: z.int() }),
  }),
}
