/** The one door to the TensorFlow binding. It is opened at first use, so that a process starts quickly. */
import { createRequire } from 'node:module'
import type * as TensorFlowModule from '@tensorflow/tfjs-node-gpu'
import { AppError } from '../shared/errors.ts'

export type TensorFlow = typeof TensorFlowModule

/** Of libtensorflow: 3 hides all but fatal lines, 2 also warnings. Errors reach us as exceptions anyway. */
const quiet = '2'

/** Inside Electron malloc aborts at 2 GiB and more; with this bound it is an exception instead. */
const electronArenaBytes = String(2 ** 31)

let loaded: TensorFlow | undefined

/**
 * tfjs with its native backend, loaded on the first call (about one second) and kept.
 * Throws ENGINE_FAILED with the way out when the addon or libtensorflow cannot be loaded.
 */
export function tensorflow(): TensorFlow {
  return (loaded ??= load())
}

function load(): TensorFlow {
  const require = createRequire(import.meta.url)
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= quiet
  if ('electron' in process.versions) process.env['TF_MKL_ALLOC_MAX_BYTES'] ??= electronArenaBytes
  restoreIsNullOrUndefined(require('node:util') as object)
  try {
    return require('@tensorflow/tfjs-node-gpu') as TensorFlow
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new AppError(
      'ENGINE_FAILED',
      `TensorFlow could not be loaded (${reason}). Run «npm run setup», then «npm run doctor».`,
      { cause },
    )
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(util: object): void {
  if ('isNullOrUndefined' in util) return
  Object.defineProperty(util, 'isNullOrUndefined', {
    value: (value: unknown) => value === null || value === undefined,
  })
}
