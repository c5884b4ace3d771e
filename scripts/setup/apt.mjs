import { spawnSync } from 'node:child_process'
import { isOnPath, outputOf } from './commands.mjs'
import { withLock } from './locks.mjs'
import { say, SetupError } from './messages.mjs'

const canInstall = () => process.getuid?.() === 0 && isOnPath('apt-get')
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }

/** Installs Debian packages where that is ours to do; otherwise says how it is done. */
export async function installPackages(packages, reason) {
  if (packages.length === 0) return
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  if (!canInstall()) {
    const command = `sudo apt-get ${install.join(' ')}`
    throw new SetupError(`Missing: ${packages.join(', ')} (${reason}). Please run\n  ${command}`)
  }
  say(`Installing ${packages.join(', ')} (${reason})`)
  await withLock('apt', () => {
    if (apt(install).status === 0) return
    // The lists may be missing or old, or an earlier installation may have been cut short.
    spawnSync('dpkg', ['--configure', '-a'], { env, stdio: 'ignore' })
    apt(['update'])
    const { status, output } = apt(install)
    if (status !== 0) throw new SetupError(`apt-get ${install.join(' ')} failed:\n${output}`)
  })
}

export const isKnownToApt = (name) => (outputOf('apt-cache', ['show', name]) ?? '') !== ''

/** Fetches apt's lists of packages when it knows none of `names`. */
export async function ensureLists(names) {
  if (canInstall() && !names.some(isKnownToApt)) await withLock('apt', () => apt(['update']))
}

/** Without our locks: what it installs may start services, which would keep them. */
function apt(args) {
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
  const result = spawnSync('apt-get', [...options, ...args], { env, encoding: 'utf8' })
  return { status: result.status, output: `${result.stdout}${result.stderr}` }
}
