/** How a model leaves the library. */
import { z } from 'zod'

/** A folder or a zip that Pneumoscope reads again; a folder that tfjs-layers or Keras 3 reads. */
export const ModelFormat = z.enum(['package', 'zip', 'tfjs', 'keras'])
export type ModelFormat = z.infer<typeof ModelFormat>

/** A page that needs nothing but itself. */
export const ReportFormat = z.enum(['html', 'pdf'])
export type ReportFormat = z.infer<typeof ReportFormat>
