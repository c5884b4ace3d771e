import { spawnSync } from 'node:child_process'
import { isOnPath, outputOf, run } from './commands.mjs'
import { withLock } from './locks.mjs'
import { say, SetupError } from './messages.mjs'

const canInstall = () => process.getuid?.() === 0 && isOnPath('apt-get')
const env = { DEBIAN_FRONTEND: 'noninteractive' }
const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300']

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
    if (succeeds('apt-get', [...options, ...install])) return
    // The lists may be missing or old, or an earlier installation may have been cut short.
    succeeds('dpkg', ['--configure', '-a'])
    refreshLists()
    run('apt-get', [...options, ...install], { env, sharesLocks: false })
  })
}

export const isKnownToApt = (name) => (outputOf('apt-cache', ['show', name]) ?? '') !== ''

/** Fetches apt's lists of packages when it knows none of `names`. */
export async function ensureLists(names) {
  if (canInstall() && !names.some(isKnownToApt)) await withLock('apt', refreshLists)
}

const refreshLists = () => {
  run('apt-get', ['-qq', 'update'], { env, sharesLocks: false })
}

const succeeds = (command, args) =>
  spawnSync(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' }).status === 0
