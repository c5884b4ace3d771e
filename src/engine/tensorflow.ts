/** The one door to the TensorFlow binding. It is opened at first use, so that a process starts quickly. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as TensorFlowModule from '@tensorflow/tfjs-node-gpu'
import { AppError } from '../shared/errors.ts'

export type TensorFlow = typeof TensorFlowModule

/** Of libtensorflow: 3 hides all but fatal lines, 2 also warnings. Errors reach us as exceptions anyway. */
const quiet = '2'

/** Inside Electron malloc aborts at 2 GiB and more; with this bound it is an exception instead. */
const electronArenaBytes = String(2 ** 31)

/** Set to «wasm», it keeps the addon out, so that what happens without it can be tried where it is. */
const BACKEND = 'PNEUMOSCOPE_BACKEND'

type Outcome =
  | { readonly kind: 'loaded'; readonly tensorflow: TensorFlow }
  | { readonly kind: 'missing'; readonly reason: string; readonly cause: unknown }

let outcome: Outcome | undefined
/** Tried once: an addon that cannot be loaded does not get better within a process. */
const tried = () => (outcome ??= load())

/**
 * tfjs with its native backend, loaded on the first call (about one second) and kept.
 * Throws ENGINE_FAILED with the way out when the addon or libtensorflow cannot be loaded.
 */
export function tensorflow(): TensorFlow {
  const found = tried()
  if (found.kind === 'loaded') return found.tensorflow
  throw new AppError(
    'ENGINE_FAILED',
    `TensorFlow could not be loaded (${found.reason}). ${remedy(found.reason)}`,
    { cause: found.cause },
  )
}

/** Why the native addon cannot be used here, and what to do; undefined where it is in use. */
export function missingAddon(): { readonly reason: string; readonly remedy: string } | undefined {
  const found = tried()
  return found.kind === 'loaded'
    ? undefined
    : { reason: found.reason, remedy: remedy(found.reason) }
}

const noAvx = 'the processor has no AVX, which TensorFlow needs'
const keptOut = `${BACKEND} is set to wasm`

/** In an installed program code lies in an archive or beside it. */
const isInstalled = import.meta.url.includes('/app.asar')

function remedy(reason: string): string {
  if (reason === keptOut) return `Unset ${BACKEND} to use it.`
  if (reason === noAvx) return 'Use another machine for it.'
  return isInstalled
    ? 'Install the program again, then see «pneumoscope doctor».'
    : 'Run «npm run setup», then «npm run doctor».'
}

function load(): Outcome {
  const missing = (reason: string, cause?: unknown) => ({ kind: 'missing', reason, cause }) as const
  if (process.env[BACKEND] === 'wasm') return missing(keptOut)
  // Without AVX libtensorflow does not throw: it ends the process.
  if (process.arch === 'x64' && lacksAvx(processorFacts())) return missing(noAvx)
  const require = createRequire(import.meta.url)
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= quiet
  if ('electron' in process.versions) process.env['TF_MKL_ALLOC_MAX_BYTES'] ??= electronArenaBytes
  restoreIsNullOrUndefined(require('node:util') as object)
  try {
    return {
      kind: 'loaded',
      tensorflow: require('@tensorflow/tfjs-node-gpu') as TensorFlow,
    }
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    // It becomes a part of our sentences.
    return missing(reason.trim().replace(/\.+$/, ''), cause)
  }
}

/** Whether this text, Linux' /proc/cpuinfo, lists a processor's features and AVX is not among them. */
export const lacksAvx = (cpuInfo: string): boolean => lacksAll(cpuInfo, ['avx'])

/** The same of instructions for bfloat16, without which it is slower than float32. */
export const lacksBfloat16 = (cpuInfo = processorFacts()): boolean =>
  lacksAll(cpuInfo, ['avx512_bf16', 'amx_bf16'])

function lacksAll(cpuInfo: string, wanted: readonly string[]): boolean {
  const features = /^flags\s*:(.*)$/m.exec(cpuInfo)?.[1]?.split(' ')
  return features !== undefined && !wanted.some((feature) => features.includes(feature))
}

/** Empty where the system does not tell. */
function processorFacts(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(util: object): void {
  if ('isNullOrUndefined' in util) return
  Object.defineProperty(util, 'isNullOrUndefined', {
    value: (value: unknown) => value === null || value === undefined,
  })
}
