import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { isOnPath, run } from './commands.mjs'
import { say } from './messages.mjs'
import { nodeModules } from './paths.mjs'
import { tensorflowCpuWheel } from './pins.mjs'
import { unpackWheel } from './wheels.mjs'

export const bindingPackage = join(nodeModules, '@tensorflow', 'tfjs-node-gpu')
export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']
export const libraryPatterns = libraries.map((library) => `tensorflow/${library}`)

const headerPatterns = [
  ...['c', 'core/platform', 'core/common_runtime/next_pluggable_device/c'],
  ...['../tsl/platform', '../xla/tsl/c'],
].map((folder) => `tensorflow/include/${join('tensorflow', folder)}/*`)

/** A folder with `deps/lib` (TensorFlow), `lib/napi-v8` (the addon), as the binding's package wants them, and `include`. */
export const tensorflowCpu = (bindingVersion) =>
  cached('tensorflow-cpu', { tensorflowCpuWheel, bindingVersion, layout: 2 }, (folder) => {
    unpackWheel(tensorflowCpuWheel, [...libraryPatterns, ...headerPatterns, '*/LICENSE'], folder)
    arrangeLibraries(folder)
    renameSync(join(folder, 'tensorflow', 'include'), join(folder, 'include'))
    compileAddon(folder)
    rmSync(join(folder, 'tensorflow'), { recursive: true })
  })

/** Moves the libraries to `deps/lib`, without the symbols that only a debugger reads (a third of their size). */
export function arrangeLibraries(folder) {
  const target = join(folder, 'deps', 'lib')
  mkdirSync(target, { recursive: true })
  for (const library of libraries) {
    renameSync(join(folder, 'tensorflow', library), join(target, library))
    if (isOnPath('strip')) run('strip', ['--strip-unneeded', join(target, library)])
  }
  symlinkSync(libraries[0], join(target, 'libtensorflow.so'))
  symlinkSync(libraries[1], join(target, 'libtensorflow_framework.so'))
}

/** One call of the compiler: the addon uses Node-API alone, so Node and every Electron load the same file. */
function compileAddon(folder) {
  say('Compiling the TensorFlow addon')
  const target = join(folder, 'lib', 'napi-v8')
  mkdirSync(target, { recursive: true })
  const includes = [
    join(nodeModules, 'node-api-headers', 'include'),
    bindingPackage,
    join(folder, 'include'),
  ]
  run('g++', [
    ...['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8'],
    ...includes.flatMap((include) => ['-I', include]),
    join(bindingPackage, 'binding', 'tfjs_backend.cc'),
    join(bindingPackage, 'binding', 'tfjs_binding.cc'),
    ...['-L', join(folder, 'deps', 'lib'), '-ltensorflow', '-ltensorflow_framework'],
    ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', join(target, 'tfjs_binding.node')],
  ])
}
