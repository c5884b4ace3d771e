// Trains the plan of a file and tells its parent of each epoch that begins, until it is killed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'

const engine = join(import.meta.dirname, '..', '..', 'src', 'engine', 'train', 'train.ts')
const { module } = await runnerImport(engine)
const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'))
await module.train(plan, {
  signal: new AbortController().signal,
  report: (progress) => progress.kind === 'batch' && process.send(progress.epoch),
})
