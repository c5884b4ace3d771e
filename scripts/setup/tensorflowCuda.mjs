import { chmodSync, existsSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cached, cachedPath } from './cache.mjs'
import { say } from './messages.mjs'
import { nvidiaWheels, tensorflowCudaWheel } from './pins.mjs'
import { arrangeLibraries, libraryPatterns } from './tensorflowCpu.mjs'
import { unpackWheel } from './wheels.mjs'

const ingredients = { tensorflowCudaWheel, nvidiaWheels, layout: 2 }

/** Shared libraries, the assembler and the maths library of CUDA; no headers, no static libraries. */
const nvidiaPatterns = [
  ...['nvidia/*/lib/*.so.*', 'nvidia/cuda_nvcc/bin/ptxas', 'nvidia/cuda_nvcc/nvvm/libdevice/*'],
  '*.dist-info/*icense*',
  '*.dist-info/LICENSE*',
]

/** Several cards in one program, drop-in replacements for other libraries, a second compiler: 300 MB. */
const unused = [
  'cublas/lib/libnvblas.so.12',
  'cuda_nvrtc/lib/libnvrtc-builtins.alt.so.12.9',
  'cuda_nvrtc/lib/libnvrtc.alt.so.12',
  'cufft/lib/libcufftw.so.11',
  'cusolver/lib/libcusolverMg.so.11',
]

/**
 * Libraries look for each other by relative paths, two of which are not those of the wheels: TensorFlow does not
 * look for cuSOLVER in cuSOLVER's folder (Python has it loaded by then), and cuDNN looks for `nvrtc`.
 */
const wrongPlaces = {
  'cublas/lib/libcusolver.so.11': '../../cusolver/lib/libcusolver.so.11',
  nvrtc: 'cuda_nvrtc',
}

export const cudaMegabytes = [tensorflowCudaWheel, ...nvidiaWheels]
  .map(({ megabytes }) => megabytes)
  .reduce((sum, megabytes) => sum + megabytes, 0)

export const isCudaCached = () => existsSync(cachedPath('tensorflow-cuda', ingredients))

/**
 * A folder with `deps/lib` (TensorFlow for CUDA) and `deps/nvidia` (CUDA and cuDNN). TensorFlow looks for
 * the latter at `$ORIGIN/../nvidia`, as laid out by the wheels.
 */
export const tensorflowCuda = () =>
  cached('tensorflow-cuda', ingredients, (folder) => {
    say(`TensorFlow for CUDA: ${tensorflowCudaWheel.version}, ${cudaMegabytes} MB in all`)
    unpackWheel(tensorflowCudaWheel, libraryPatterns, folder)
    arrangeLibraries(folder)
    rmSync(join(folder, 'tensorflow'), { recursive: true })
    for (const wheel of nvidiaWheels) unpackWheel(wheel, nvidiaPatterns, folder)
    const nvidia = join(folder, 'deps', 'nvidia')
    renameSync(join(folder, 'nvidia'), nvidia)
    for (const library of unused) rmSync(join(nvidia, library), { force: true })
    for (const [place, target] of Object.entries(wrongPlaces)) {
      symlinkSync(target, join(nvidia, place))
    }
    chmodSync(join(nvidia, 'cuda_nvcc', 'bin', 'ptxas'), 0o755)
  })
