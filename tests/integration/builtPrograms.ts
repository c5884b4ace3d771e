/** The command line, and a program to be killed, built for tests that start them as processes of their own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Builds `victim.js` and `cli.js` into a folder of the checkout, where they find its packages; answers that folder. */
export async function buildPrograms(name: string): Promise<string> {
  const folder = join(here, '../../.cache', name)
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      target: 'node16.17',
      rolldownOptions: {
        input: {
          victim: join(here, 'victim.ts'),
          cli: join(here, '../../src/cli/index.ts'),
          decoder: join(here, '../../src/engine/images/dicom/codecs/worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
    ssr: { noExternal: ['zod'] },
  })
  return folder
}

/** Runs a command to its end; answers its status and all that it said. */
export function runToEnd(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | null; readonly said: string }> {
  const child = spawn(command, args, { env: { ...process.env, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, said }))
  })
}
