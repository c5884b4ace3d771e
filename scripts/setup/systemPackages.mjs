import { ensureLists, installPackages, isKnownToApt } from './apt.mjs'
import { missingLibraries, packagesFor } from './aptPackages.mjs'
import { isOnPath, outputOf } from './commands.mjs'
import { electronProgram } from './electron.mjs'
import { SetupError } from './messages.mjs'

const isLinux = process.platform === 'linux'

/** Shows windows in memory alone. */
export const displayServer = 'Xvfb'

/** Python with pip fetches the wheels, g++ builds the addon. */
export async function ensureBuildTools() {
  const hasPip = outputOf('python3', ['-m', 'pip', '--version']) !== undefined
  const packages = [
    ...(isOnPath('python3') ? [] : ['python3']),
    ...(hasPip ? [] : ['python3-pip']),
    ...(isOnPath('g++') ? [] : ['g++']),
  ]
  await installPackages(packages, 'to download and compile what npm does not carry')
}

/** The desktop libraries that Electron is linked against. */
export async function ensureElectronLibraries() {
  const missing = missingOfElectron()
  if (missing.length === 0) return
  await ensureLists(['libgtk-3-0', 'libgtk-3-0t64'])
  await installPackages(packagesFor(missing, isKnownToApt), 'libraries that Electron needs')
  const stillMissing = missingOfElectron()
  if (stillMissing.length > 0) {
    throw new SetupError(`Electron needs these libraries: ${stillMissing.join(', ')}`)
  }
}

const missingOfElectron = () =>
  isLinux ? missingLibraries(outputOf('ldd', [electronProgram]) ?? '') : []

/** Whether windows have to open on a display that only exists in memory. */
export const needsVirtualDisplay = () =>
  isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY

export async function ensureDisplay() {
  if (!isDisplayReady()) await installPackages(['xvfb'], 'there is no display')
}

export const isDisplayReady = () => !needsVirtualDisplay() || isOnPath(displayServer)
