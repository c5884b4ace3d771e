// npm run e2e [-- arguments of playwright test]
import { buildWhenStale } from './run/build.mjs'
import { playwright } from './run/testRunners.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  await setUp()
  await buildWhenStale('window')
  return playwright(process.argv.slice(2))
})
