import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { say } from './messages.mjs'
import { canRunCuda } from './nvidia.mjs'
import { cacheFolder } from './paths.mjs'
import { oldestCudaDriver } from './pins.mjs'
import { cudaMegabytes, isCudaCached } from './tensorflowCuda.mjs'

const howToChoose = 'npm run setup -- --gpu'
const download = `${(cudaMegabytes / 1000).toFixed(1)} GB`

/**
 * Decides which TensorFlow libraries to use: what the command line asks for, else what was chosen on this
 * machine before, else (with a driver and someone to ask) what the user answers, else the CPU's.
 */
export async function chooseDevice(asked, driver) {
  if (asked !== undefined) {
    remember(asked)
    return { device: asked, warnings: asked === 'cuda' ? doubtsAbout(driver) : [] }
  }
  if (driver === undefined) return { device: 'cpu', warnings: [] }
  if (!canRunCuda(driver)) return { device: 'cpu', warnings: doubtsAbout(driver) }
  const chosen = remembered() ?? (canAsk() ? await ask(driver) : undefined)
  if (chosen === 'cuda') return { device: 'cuda', warnings: [] }
  const offer = `CUDA libraries not installed (${download} to download): run ${howToChoose}`
  return { device: 'cpu', warnings: [`NVIDIA driver ${driver} found but ${offer}`] }
}

function doubtsAbout(driver) {
  if (driver === undefined) return ['No NVIDIA driver found: TensorFlow runs on the CPU']
  if (canRunCuda(driver)) return []
  return [`NVIDIA driver ${driver} is too old for CUDA 12, which needs ${oldestCudaDriver}`]
}

const canAsk = () => process.stdin.isTTY && process.stderr.isTTY && !process.env.CI

async function ask(driver) {
  const size = isCudaCached() ? 'they are downloaded already' : `a download of ${download}`
  say(`An NVIDIA driver (${driver}) was found. TensorFlow can train on the graphics card with`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`NVIDIA's CUDA libraries (${size}). Use them? [y/N] `)
    const device = /^y(es)?$/i.test(answer.trim()) ? 'cuda' : 'cpu'
    remember(device)
    return device
  } finally {
    terminal.close()
  }
}

const choiceFile = join(cacheFolder, 'tensorflow-device')

function remember(device) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(choiceFile, `${device}\n`)
}

function remembered() {
  try {
    const device = readFileSync(choiceFile, 'utf8').trim()
    return device === 'cpu' || device === 'cuda' ? device : undefined
  } catch {
    return undefined
  }
}
