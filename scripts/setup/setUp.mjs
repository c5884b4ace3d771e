import { existsSync } from 'node:fs'
import { chooseDevice, warningsAbout } from './device.mjs'
import { electronProgram, ensureElectron } from './electron.mjs'
import { readFacts, writeFacts } from './facts.mjs'
import { withLock } from './locks.mjs'
import { say } from './messages.mjs'
import { ensureNodeModules } from './nodeModules.mjs'
import { isDriverLoaded, nvidiaDriver } from './nvidia.mjs'
import { checkoutLock, isLinuxX64 } from './paths.mjs'
import { ensureSandbox } from './sandbox.mjs'
import {
  ensureBuildTools,
  ensureDisplay,
  ensureElectronLibraries,
  isDisplayReady,
} from './systemPackages.mjs'
import { addonPath, ensureTensorflow } from './tensorflow.mjs'

/**
 * Brings the checkout to where its code can run: npm packages and TensorFlow, with `window` also Electron and,
 * where there is none, a display. Does nothing, quickly, when all is there.
 * `device` ('cpu' or 'cuda') answers in advance which TensorFlow libraries to use.
 */
export async function setUp({ window = true, device } = {}) {
  if (device === undefined && isReady(readFacts(), window)) return
  await withLock(checkoutLock, async () => {
    ensureNodeModules()
    const facts = readFacts()
    if (device === undefined && isReady(facts, window)) return
    if (isLinuxX64) await ensureBuildTools()
    if (device !== undefined || !hasTensorflow(facts)) await setUpTensorflow(facts, device)
    if (window) await setUpWindow(facts)
    say(describe(facts))
    for (const warning of facts.warnings) say(`Note: ${warning}`)
  })
}

async function setUpTensorflow(facts, asked) {
  facts.nvidiaDriver = nvidiaDriver()
  const device = await chooseDevice(asked, facts.nvidiaDriver)
  facts.tensorflow = await ensureTensorflow(device)
  facts.warnings = warningsAbout(facts.tensorflow, facts.nvidiaDriver)
  writeFacts(facts)
}

async function setUpWindow(facts) {
  if (!hasElectron(facts)) {
    facts.electron = await ensureElectron()
    await ensureElectronLibraries()
    ensureSandbox()
    writeFacts(facts)
  }
  await ensureDisplay()
}

const isReady = (facts, window) =>
  hasTensorflow(facts) && (!window || (hasElectron(facts) && isDisplayReady()))

/** A driver that appeared since is a reason to ask again. */
const hasTensorflow = ({ tensorflow, nvidiaDriver: knownDriver }) =>
  tensorflow !== undefined &&
  existsSync(addonPath) &&
  (knownDriver !== undefined || !isDriverLoaded())

const hasElectron = ({ electron }) => electron !== undefined && existsSync(electronProgram)

function describe({ electron, tensorflow }) {
  const { version, device, usesGpu } = tensorflow
  const window = electron ? `Electron ${electron.version} (${electron.source}), ` : ''
  return `Ready: ${window}TensorFlow ${version} (${device}${usesGpu ? ', on the GPU' : ''})`
}
