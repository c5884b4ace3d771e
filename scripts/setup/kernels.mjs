import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { cached } from './cache.mjs'
import { run } from './commands.mjs'
import { say } from './messages.mjs'
import { nodeModules, root, sha256 } from './paths.mjs'

const sourceFolder = join(root, 'native')
const sources = () => readdirSync(sourceFolder).filter((name) => /\.(cc|h)$/.test(name))

/** Changes with the operations' sources. */
export const kernelsSha256 = () =>
  sha256(
    sources()
      .map((name) => sha256(readFileSync(join(sourceFolder, name))))
      .join(),
  )

export const kernelsFile = 'pneumoscope_kernels.node'

/**
 * A folder with our own TensorFlow operations (`native/`), compiled against the TensorFlow in `tensorflow`. They choose
 * among instruction sets when they are loaded, so that the file runs on every x86 processor. It is made for the folder
 * `kernels` in the binding's package, from where it finds the libraries.
 */
export const kernels = (tensorflow) =>
  cached('kernels', { sha256: kernelsSha256(), tensorflow: basename(tensorflow) }, (folder) => {
    say('Compiling the training kernels')
    const includes = [join(nodeModules, 'node-api-headers', 'include'), join(tensorflow, 'include')]
    mkdirSync(folder, { recursive: true })
    run('g++', [
      ...['-shared', '-fPIC', '-O3', '-std=c++17', '-DNAPI_VERSION=8'],
      ...includes.flatMap((include) => ['-I', include]),
      ...sources()
        .filter((name) => name.endsWith('.cc'))
        .map((name) => join(sourceFolder, name)),
      ...['-L', join(tensorflow, 'deps', 'lib'), '-ltensorflow', '-ltensorflow_framework'],
      ...['-Wl,-rpath,$ORIGIN/../deps/lib', '-pthread', '-o', join(folder, kernelsFile)],
    ])
  })
