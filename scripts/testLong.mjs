// npm run test:long [-- --minutes M] [--soak MINUTES] [--only WORD] [--fresh]: long runs of tests that the usual run keeps short,
// in pieces. Goes on where it was stopped; after each piece docs/reliability-report.md and its figures (.json) are written anew.
// --only takes the runs whose name begins so.
import { writeReport } from './long/report.mjs'
import { runPiece } from './long/runPiece.mjs'
import { piecesLeft, soak } from './long/pieces.mjs'
import { readState, startAnew, writeState } from './long/state.mjs'
import { buildWhenStale } from './run/build.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? usual : process.argv[at + 1]
}

await runEntry(async () => {
  await setUp()
  await buildWhenStale('window')
  if (process.argv.includes('--fresh')) startAnew()
  const end = Date.now() + Number(option('minutes', Infinity)) * 60_000
  const soakMinutes = Number(option('soak', soak.goal))
  const only = option('only', '')
  for (;;) {
    const results = readState()
    const [next] = piecesLeft(results, soakMinutes).filter(({ run }) => run.startsWith(only))
    if (next === undefined || Date.now() > end) break
    console.error(`[long] ${next.run}: ${next.amount} from ${next.seed}`)
    const result = await runPiece(next)
    // Another run of it may have written meanwhile.
    await writeState([...readState(), result])
    await writeReport(readState())
  }
  return readState().every(({ passed }) => passed) ? 0 : 1
})
