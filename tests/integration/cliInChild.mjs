// The command from its source, as a process of its own.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

await runnerImport(fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url)))
