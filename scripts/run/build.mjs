import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../setup/locks.mjs'
import { SetupError } from '../setup/messages.mjs'
import { checkoutLock, root } from '../setup/paths.mjs'
import { runTool } from './children.mjs'
import { fingerprint } from './sources.mjs'

const stampFile = join(root, 'out', '.built-from.json')
const outputs = ['index.js', 'cli.js'].map((name) => join(root, 'out', 'main', name))

/** The folders of the checkout and of `src` that do not matter to what is about to run. */
const ignored = { window: ['cli'], cli: ['renderer', 'preload', 'docs', 'help'] }

/** Builds when the sources of what is about to run ('window' or 'cli') are not what `out` was built from. */
export async function buildWhenStale(purpose) {
  if (isFresh(purpose)) return
  await withLock(checkoutLock, async () => {
    if (!isFresh(purpose)) await build()
  })
}

/** To be called before something else writes `out`. */
export const forgetBuild = () => {
  rmSync(stampFile, { force: true })
}

async function build() {
  process.stderr.write('[build] Building\n')
  // Taken first: should a source change meanwhile, the build is stale at once.
  const window = fingerprint(root, ignored.window)
  const cli = fingerprint(root, ignored.cli)
  forgetBuild()
  const stdio = ['ignore', 2, 2]
  const status = await runTool('electron-vite', ['build', '--logLevel', 'warn'], { stdio })
  if (status !== 0) throw new SetupError('The build failed')
  writeFileSync(stampFile, JSON.stringify({ window, cli, writtenAt: writtenAt() }))
}

/** Whether `out` was built from these sources. */
export function isFresh(purpose) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'))
    return stamp.writtenAt === writtenAt() && stamp[purpose] === fingerprint(root, ignored[purpose])
  } catch {
    return false
  }
}

/** When `out` was written: someone may have built by hand since. */
const writtenAt = () => outputs.map((path) => statSync(path).mtimeMs).join()
