/** Tests run from sources, which a thread of Node 20 cannot: the worker that unpacks DICOM pixels is built first. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const entry = fileURLToPath(
  new URL('../../src/engine/images/dicom/codecs/worker.ts', import.meta.url),
)

export default async function buildDecoder(): Promise<() => void> {
  // Below node_modules, so that the built file finds the codecs.
  const folder = mkdtempSync(
    join(fileURLToPath(new URL('../../node_modules', import.meta.url)), '.decoder-'),
  )
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      target: 'node16.17',
      outDir: folder,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'decoder.cjs' } },
    },
  })
  process.env['PNEUMOSCOPE_DECODER'] = join(folder, 'decoder.cjs')
  return () => rmSync(folder, { recursive: true, force: true })
}
