import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { electronProgram } from './electron.mjs'
import { SetupError } from './messages.mjs'

const isRoot = process.getuid?.() === 0
const helper = join(dirname(electronProgram), 'chrome-sandbox')

/** Chromium's sandbox refuses to run as root. */
export const sandboxArguments = isRoot ? ['--no-sandbox'] : []

/**
 * Chromium shuts its renderers in with user namespaces. Where users may not create any (Ubuntu since 23.10, many
 * containers) its helper program has to belong to root, which only root can arrange.
 */
export function ensureSandbox() {
  if (process.platform !== 'linux' || isRoot || canCreateNamespaces() || isHelperReady()) return
  throw new SetupError(
    `Electron's sandbox is not permitted on this machine. Please run once\n` +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  )
}

const canCreateNamespaces = () =>
  spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0

function isHelperReady() {
  const status = statSync(helper, { throwIfNoEntry: false })
  return status !== undefined && status.uid === 0 && (status.mode & 0o4111) === 0o4111
}
