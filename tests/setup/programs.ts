/** Tests run from sources, which a thread or a process of Node 20 cannot: what they start by itself is built first. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

/** The worker that unpacks DICOM pixels, and the command line. */
const programs = {
  decoder: { entry: 'engine/images/dicom/codecs/worker.ts', named: 'PNEUMOSCOPE_DECODER' },
  cli: { entry: 'cli/index.ts', named: 'PNEUMOSCOPE_TESTED_CLI' },
} as const

export default async function buildPrograms(): Promise<() => void> {
  // Below node_modules, so that the built files find the codecs and TensorFlow.
  const folder = mkdtempSync(
    join(fileURLToPath(new URL('../../node_modules', import.meta.url)), '.programs-'),
  )
  const all = Object.entries(programs)
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node16.17',
      outDir: folder,
      rolldownOptions: {
        input: Object.fromEntries(all.map(([name, { entry }]) => [name, source(entry)])),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  })
  for (const [name, { named }] of all) process.env[named] = join(folder, `${name}.cjs`)
  return () => rmSync(folder, { recursive: true, force: true })
}
