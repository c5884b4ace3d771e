// npm run guards [-- WORD …]: switches off one guard after the other, in a copy of the checkout, and looks whether its test
// fails. WORDs pick guards by the beginning of their ids; what was seen is kept in .cache/guards.json.
// npm run guards -- --table: what was seen so far, as the table of docs/guards.md.
import { rmSync } from 'node:fs'
import { guards } from './guards/list.mjs'
import { makeMirror } from './guards/mirror.mjs'
import { readSeen, tableOf, writeSeen } from './guards/seen.mjs'
import { tryGuard } from './guards/tryGuard.mjs'
import { buildWhenStale } from './run/build.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  const words = process.argv.slice(2).filter((word) => word !== '--')
  if (words.includes('--table')) {
    process.stdout.write(tableOf(guards, readSeen()))
    return 0
  }
  const chosen = guards.filter(
    ({ id }) => words.length === 0 || words.some((word) => id.startsWith(word)),
  )
  await setUp()
  if (chosen.some(({ test }) => test.startsWith('tests/e2e/'))) await buildWhenStale('window')
  const mirror = makeMirror()
  const failed = []
  try {
    for (const guard of chosen) {
      const outcome = await tryGuard(mirror, guard)
      writeSeen(guard, outcome)
      if (outcome.failed.length === 0) failed.push(guard.id)
      const mark = outcome.failed.length > 0 ? '✓' : '✗'
      console.log(`${mark} ${guard.id}: ${outcome.failed[0] ?? outcome.why}`)
    }
  } finally {
    rmSync(mirror, { recursive: true, force: true })
  }
  console.log(
    `\n${chosen.length - failed.length} of ${chosen.length} guards are held by their test`,
  )
  return failed.length === 0 ? 0 : 1
})
