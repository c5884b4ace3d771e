import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { say } from './messages.mjs'
import { canRunCuda } from './nvidia.mjs'
import { cacheFolder, isLinuxX64 } from './paths.mjs'
import { oldestCudaDriver } from './pins.mjs'
import { cudaMegabytes, isCudaCached } from './tensorflowCuda.mjs'

const download = `${(cudaMegabytes / 1000).toFixed(1)} GB`

/**
 * Decides which TensorFlow libraries to use, 'cpu' or 'cuda': what the command line asks for, else what was chosen
 * on this machine before, else (with a driver, and with someone to ask) what the user answers, else the CPU's.
 * Elsewhere than on 64-bit Intel or AMD Linux the binding's own installer decides.
 */
export async function chooseDevice(asked, driver) {
  if (asked !== undefined) return remember(asked)
  if (!isLinuxX64 || driver === undefined || !canRunCuda(driver)) return 'cpu'
  return remembered() ?? (canAsk() ? remember(await ask(driver)) : 'cpu')
}

/** What the user should know about the device that TensorFlow now computes on. */
export function warningsAbout({ device, usesGpu }, driver) {
  if (device === 'cuda') return usesGpu ? [] : [`The GPU is not used: ${obstacle(driver)}`]
  if (driver === undefined) return []
  if (!canRunCuda(driver)) return [`The GPU is not used: ${obstacle(driver)}`]
  return [
    `NVIDIA driver ${driver} found but CUDA libraries not installed (a download of ${download}): run npm run setup -- --gpu`,
  ]
}

function obstacle(driver) {
  if (driver === undefined) return 'no NVIDIA driver was found'
  if (canRunCuda(driver)) return 'TensorFlow finds no device that it can use'
  return `NVIDIA driver ${driver} is too old, CUDA 12 needs ${oldestCudaDriver} or later`
}

const canAsk = () => process.stdin.isTTY && process.stderr.isTTY && !process.env.CI

async function ask(driver) {
  const size = isCudaCached() ? 'they are downloaded already' : `a download of ${download}`
  say(`An NVIDIA driver (${driver}) was found. TensorFlow can train on the graphics card with`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`NVIDIA's CUDA libraries (${size}). Use them? [y/N] `)
    return /^y(es)?$/i.test(answer.trim()) ? 'cuda' : 'cpu'
  } finally {
    terminal.close()
  }
}

const choiceFile = join(cacheFolder, 'tensorflow-device')

function remember(device) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(choiceFile, `${device}\n`)
  return device
}

function remembered() {
  try {
    const device = readFileSync(choiceFile, 'utf8').trim()
    return device === 'cpu' || device === 'cuda' ? device : undefined
  } catch {
    return undefined
  }
}
