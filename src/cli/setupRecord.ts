import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'

const SetupRecord = z.object({
  electron: z.object({ source: z.string() }).optional(),
  tensorflow: z.object({ source: z.string() }),
  warnings: z.array(z.string()),
})
type SetupRecord = z.infer<typeof SetupRecord>

/** What set-up wrote down of where things came from; undefined in a packaged program, which was not set up here. */
export function setupRecord(): SetupRecord | undefined {
  try {
    const require = createRequire(import.meta.url)
    const modules = join(require.resolve('@tensorflow/tfjs-node-gpu/package.json'), '../../..')
    return SetupRecord.parse(
      JSON.parse(readFileSync(join(modules, '.pneumoscope-setup.json'), 'utf8')),
    )
  } catch {
    return undefined
  }
}
