/** Model packages. */
import { z } from 'zod'
import { ModelFormat } from '../../domain/exchange.ts'
import { LayerLook } from '../../domain/look.ts'
import { ModelManifest } from '../../domain/model.ts'
import { Parity } from '../../domain/scoreCard.ts'
import { procedure } from '../../rpc/contract.ts'

export const modelsContract = {
  /** Reads and checks a model package without loading it into memory. */
  readModel: procedure({ input: z.object({ folder: z.string() }), output: ModelManifest }),
  /** Writes a package as one zip file, or as a new folder that another program reads. */
  exportModel: procedure({
    input: z.object({
      folder: z.string(),
      target: z.string(),
      format: ModelFormat.exclude(['package']),
    }),
    output: ModelManifest,
  }),
  /** Unpacks a zip into a new folder, as strictly as a package is read. */
  unpackModel: procedure({
    input: z.object({ file: z.string(), folder: z.string() }),
    output: ModelManifest,
  }),
  /** Scores the package's golden films; null where it has none. */
  parity: procedure({ input: z.object({ folder: z.string() }), output: Parity.nullable() }),
  /** What a layer of a model makes of a film, holds, or is excited by: a JPEG a channel. */
  lookInside: procedure({
    input: z.object({ modelFolder: z.string(), look: LayerLook, path: z.string().optional() }),
    output: z.object({ jpegs: z.array(z.instanceof(Uint8Array)), channels: z.int() }),
  }),
}
