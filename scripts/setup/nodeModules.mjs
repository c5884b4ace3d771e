import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInstalled } from './lockStamp.mjs'
import { say, SetupError } from './messages.mjs'
import { runNpm } from './npm.mjs'
import { nodeModules, root, sha256 } from './paths.mjs'

const lockFile = join(root, 'package-lock.json')
const stampFile = join(nodeModules, '.pneumoscope-lock')

export const lockSha256 = () => sha256(readFileSync(lockFile))

/** Installs the packages of the lock file unless they are there. The stamp is taken away first and put back last. */
export function ensureNodeModules() {
  const lock = lockSha256()
  if (readText(stampFile) === lock) return
  if (!isInstalledByHand()) {
    rmSync(stampFile, { force: true })
    installPackages()
  }
  writeFileSync(stampFile, lock)
}

/** Someone ran npm themselves, and well: nothing to repeat. */
function isInstalledByHand() {
  const hidden = readText(join(nodeModules, '.package-lock.json'))
  return hidden !== undefined && isInstalled(JSON.parse(readText(lockFile)), JSON.parse(hidden))
}

function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node.js 20.19 or later is needed; this is ${process.versions.node}`)
  }
  say('Installing packages (npm ci)')
  runNpm(['ci', '--include=dev', '--loglevel=error', '--no-update-notifier'])
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
