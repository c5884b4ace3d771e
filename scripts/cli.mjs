// npm run -s cli -- VERB …
import { join } from 'node:path'
import { buildWhenStale } from './run/build.mjs'
import { runNode } from './run/children.mjs'
import { runEntry } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  await setUp({ window: false })
  await buildWhenStale('cli')
  const env = {
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
    PNEUMOSCOPE_FOLDER: currentFolder(),
  }
  return runNode([join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], { env })
})

/** Where the person stands: npm runs scripts in the package's folder and says where it was called. */
function currentFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env
  return script === 'cli' && calledFrom ? calledFrom : process.cwd()
}
