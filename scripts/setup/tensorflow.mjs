import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from './commands.mjs'
import { say, SetupError } from './messages.mjs'
import { kernels, kernelsFile } from './kernels.mjs'
import { runNpm } from './npm.mjs'
import { isLinuxX64, root } from './paths.mjs'
import { tensorflowCpuWheel, tensorflowCudaWheel } from './pins.mjs'
import { placeTree } from './placeTree.mjs'
import { bindingPackage, libraries, tensorflowCpu } from './tensorflowCpu.mjs'
import { tensorflowCuda } from './tensorflowCuda.mjs'
import { wheelLabel } from './wheels.mjs'

export const addonPath = join(bindingPackage, 'lib', 'napi-v8', 'tfjs_binding.node')

/** Makes `@tensorflow/tfjs-node-gpu` load the libraries for `device`; returns what it loads and how that went. */
export async function ensureTensorflow(device) {
  const source = isLinuxX64 ? await placeWheels(device) : installOfficial()
  const { version, usesGpu } = tryOut()
  const addon = addonPath.slice(root.length + 1)
  const placed = isLinuxX64 ? device : usesGpu ? 'cuda' : 'cpu'
  return { version, device: placed, usesGpu, source, addon }
}

async function placeWheels(device) {
  const { version } = JSON.parse(readFileSync(join(bindingPackage, 'package.json'), 'utf8'))
  const cpu = await tensorflowCpu(version)
  placeTree(join(cpu, 'lib'), join(bindingPackage, 'lib'), join('napi-v8', 'tfjs_binding.node'))
  const chosen = device === 'cuda' ? await tensorflowCuda() : cpu
  placeTree(join(chosen, 'deps'), join(bindingPackage, 'deps'), join('lib', libraries[0]))
  await placeKernels(cpu)
  return wheelLabel(device === 'cuda' ? tensorflowCudaWheel : tensorflowCpuWheel)
}

/** They are a matter of speed alone, so that a compiler that refuses them stops nobody; `doctor` tells. */
async function placeKernels(cpu) {
  try {
    placeTree(await kernels(cpu), join(bindingPackage, 'kernels'), kernelsFile)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`Training will be slower: ${error.message}`)
  }
}

/** Elsewhere the binding's own installer downloads TensorFlow and a compiled addon. */
function installOfficial() {
  if (!existsSync(addonPath)) {
    say('Downloading TensorFlow')
    runNpm(['rebuild', '@tensorflow/tfjs-node-gpu', '--ignore-scripts=false'])
  }
  return 'official download'
}

/** Loads TensorFlow in a process of its own, since it may end that process (on a CPU without AVX, say). */
function tryOut() {
  const script = `
    require('util').isNullOrUndefined ??= (value) => value == null
    const tf = require('@tensorflow/tfjs-node-gpu')
    if (tf.square(3).dataSync()[0] !== 9) throw new Error('3 × 3 is not 9')
    const { binding, isUsingGpuDevice } = tf.backend()
    console.log(JSON.stringify({ version: binding.TF_Version, usesGpu: isUsingGpuDevice }))`
  const env = { TF_CPP_MIN_LOG_LEVEL: '3' }
  const answer = outputOf(process.execPath, ['-e', script], { cwd: root, env })
  if (answer === undefined) {
    throw new SetupError(
      'TensorFlow does not load on this machine. On x86 it needs a CPU with AVX (2011 or later).',
    )
  }
  return JSON.parse(answer.trim().split('\n').at(-1))
}
