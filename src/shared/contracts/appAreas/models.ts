/** The model library. */
import { z } from 'zod'
import { ModelFormat } from '../../domain/exchange.ts'
import { ModelManifest } from '../../domain/model.ts'
import { procedure } from '../../rpc/contract.ts'
import { id, name } from './fields.ts'

export const LibraryModel = z.object({
  id,
  manifest: ModelManifest,
  params: z.int(),
  /** The one that Review uses. */
  isDefault: z.boolean(),
  runId: z.string().optional(),
})
export type LibraryModel = z.output<typeof LibraryModel>

export const modelsContract = {
  listModels: procedure({ input: z.void(), output: z.array(LibraryModel) }),
  setDefaultModel: procedure({ input: z.object({ modelId: id }), output: z.void() }),
  renameModel: procedure({ input: z.object({ modelId: id, name }), output: z.void() }),
  deleteModel: procedure({ input: z.object({ modelId: id }), output: z.void() }),
  /** Asks where to; false when the person closed the dialog. */
  exportModel: procedure({
    input: z.object({ modelId: id, format: ModelFormat.default('package') }),
    output: z.boolean(),
  }),
  /** Asks for a package, a folder or a zip file; null when the person closed the dialog. */
  importModel: procedure({
    input: z.object({ kind: z.enum(['folder', 'zip']) }),
    output: z.object({ modelId: z.string() }).nullable(),
  }),
}
