// npm run test:long [-- --minutes M] [--soak MINUTES] [--fresh]: long runs of tests that the usual run keeps short, in pieces.
// Goes on where it was stopped; after each piece docs/reliability-report.md is written anew.
import { writeReport } from './long/report.mjs'
import { runPiece } from './long/runPiece.mjs'
import { piecesLeft } from './long/pieces.mjs'
import { readState, startAnew, writeState } from './long/state.mjs'
import { buildWhenStale } from './run/build.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? usual : Number(process.argv[at + 1])
}

await runEntry(async () => {
  await setUp()
  await buildWhenStale('window')
  if (process.argv.includes('--fresh')) startAnew()
  const end = Date.now() + option('minutes', Infinity) * 60_000
  const soakMinutes = option('soak', 480)
  for (;;) {
    const results = readState()
    const [next] = piecesLeft(results, soakMinutes)
    if (next === undefined || Date.now() > end) break
    console.error(`[long] ${next.run}: ${next.amount} from ${next.seed}`)
    writeState([...results, await runPiece(next)])
    await writeReport(readState())
  }
  return readState().every(({ passed }) => passed) ? 0 : 1
})
