/** Copies of films, data sets and scores for other programs. */
import { z } from 'zod'
import { DeidentifyChoices } from '../../domain/deidentification.ts'
import { ScoreObjectKind } from '../../domain/scoreExport.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const exportsContract = {
  /** Asks where to and writes the data set there as a job; null when the person closed the dialog. */
  startDatasetExport: procedure({
    input: z.object({ datasetId: id, how: z.enum(['copy', 'link']), deidentify: z.boolean() }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
  /** Asks where to and starts to copy DICOM films without their patients; null when the person closed the dialog. */
  startDeidentifying: procedure({
    input: DeidentifyChoices.extend({ imageIds: z.array(id).min(1).max(10_000) }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
  /**
   * Asks where to and starts to write scores by Review's model as DICOM objects, scoring what has no score yet; null
   * when the person closed the dialog.
   */
  startScoreExport: procedure({
    input: z.object({
      imageIds: z.array(id).min(1).max(10_000),
      kinds: z.array(ScoreObjectKind).min(1),
    }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
}
