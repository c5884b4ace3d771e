/** tfjs-core with its WebAssembly backend: for predictions where the native addon cannot be loaded. */
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import type * as Core from '@tensorflow/tfjs-core'
import { AppError } from '../../shared/errors.ts'

export type Tfjs = typeof Core

let started: Promise<Tfjs> | undefined

/**
 * Ready to compute, on one thread; started on the first call (some 20 ms) and kept. The binaries come from the
 * package's own folder. Throws ENGINE_FAILED where WebAssembly does not start.
 */
export const startWasm = (): Promise<Tfjs> => (started ??= start())

async function start(): Promise<Tfjs> {
  const require = createRequire(import.meta.url)
  const removeNewListeners = watchListeners()
  try {
    const tf = require('@tensorflow/tfjs-core') as Tfjs
    const name = '@tensorflow/tfjs-backend-wasm'
    const { setWasmPaths } = require(name) as typeof WasmBackend
    setWasmPaths(dirname(require.resolve(name)) + sep)
    if (!(await tf.setBackend('wasm'))) throw new Error('its backend was refused')
    return tf
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError(
      'ENGINE_FAILED',
      `WebAssembly, which stands in for TensorFlow, could not be started (${reason}). Run «npm run setup».`,
      { cause },
    )
  } finally {
    removeNewListeners()
  }
}

/** Emscripten listens for failures of the whole process, which are not its own to rethrow. */
function watchListeners(): () => void {
  const exceptions = new Set(process.listeners('uncaughtException'))
  const rejections = new Set(process.listeners('unhandledRejection'))
  return () => {
    for (const listener of process.listeners('uncaughtException'))
      if (!exceptions.has(listener)) process.removeListener('uncaughtException', listener)
    for (const listener of process.listeners('unhandledRejection'))
      if (!rejections.has(listener)) process.removeListener('unhandledRejection', listener)
  }
}
