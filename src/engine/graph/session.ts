/** Runs a graph through the addon's own binding: no tfjs tensors, no copies on the way in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import { AppError } from '../../shared/errors.ts'
import { tensorflow } from '../tensorflow.ts'

/** Numbers on our side. They must not change while a run uses them. */
export interface HostTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array | Uint8Array
}

/** A result kept by TensorFlow, to be read or fed to another run; release it. */
export class HeldTensor {
  constructor(
    readonly id: number,
    readonly shape: readonly number[],
  ) {}

  floats(): Float32Array {
    const values = binding().tensorDataSync(this.id)
    if (values instanceof Float32Array) return values
    throw new TypeError('The graph gave no floats')
  }

  release(): void {
    binding().deleteTensor(this.id)
  }
}

/** By name of the node, or of one output as `node:0`. */
export type Feeds = ReadonlyMap<string, HostTensor | HeldTensor>

/** A loaded graph with its variables, which live until `dispose`. */
export class Session {
  readonly #id: number
  #isDisposed = false

  /** Loads a `SavedModel` message. It goes through a temporary folder, as the binding takes nothing else. */
  constructor(savedModel: Uint8Array) {
    const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModel)
      this.#id = binding().loadSavedModel(folder, 'serve')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Computes the fetched nodes and hands them over. Throws OUT_OF_MEMORY or ENGINE_FAILED. */
  run(feeds: Feeds, fetches: readonly string[]): HeldTensor[] {
    if (this.#isDisposed) throw new AppError('INTERNAL', 'The network was disposed')
    const native = binding()
    const made: number[] = []
    const names: string[] = []
    const ids: number[] = []
    try {
      for (const [name, fed] of feeds) {
        const id = fed instanceof HeldTensor ? fed.id : upload(fed)
        if (!(fed instanceof HeldTensor)) made.push(id)
        ids.push(id)
        names.push(name.includes(':') ? name : `${name}:0`)
      }
      const outputs = fetches.map((name) => `${name}:0`).join(',')
      return native
        .runSavedModel(this.#id, ids, names.join(','), outputs)
        .map(({ id, shape }) => new HeldTensor(id, shape))
    } catch (cause) {
      throw asAppError(cause)
    } finally {
      for (const id of made) native.deleteTensor(id)
    }
  }

  /** As `run`, with every result read and released. */
  read(feeds: Feeds, fetches: readonly string[]): Float32Array[] {
    const held = this.run(feeds, fetches)
    try {
      return held.map((tensor) => tensor.floats())
    } finally {
      for (const tensor of held) tensor.release()
    }
  }

  /** Frees the graph and its variables. */
  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    binding().deleteSavedModel(this.#id)
  }
}

/** Graphs and tensors that the binding holds now: what a test for leaks compares. */
export function held(): { readonly graphs: number; readonly tensors: number } {
  const native = binding()
  return { graphs: native.getNumOfSavedModels(), tensors: native.getNumOfTensors() }
}

function upload({ shape, values }: HostTensor): number {
  const native = binding()
  return native.createTensor([...shape], typeOf(values), values)
}

function typeOf(values: HostTensor['values']): number {
  const native = binding()
  if (values instanceof Float32Array) return native.TF_FLOAT
  return values instanceof Int32Array ? native.TF_INT32 : native.TF_UINT8
}

function binding(): TFJSBinding {
  const backend: unknown = tensorflow().backend()
  if (hasBinding(backend)) return backend.binding
  throw new AppError('ENGINE_FAILED', 'TensorFlow is loaded without its native backend')
}

const hasBinding = (backend: unknown): backend is { readonly binding: TFJSBinding } =>
  typeof backend === 'object' && backend !== null && 'binding' in backend

function asAppError(cause: unknown): AppError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return /OOM|RESOURCE_EXHAUSTED|out of memory|allocat/i.test(message)
    ? new AppError('OUT_OF_MEMORY', `TensorFlow ran out of memory: ${message}`, { cause })
    : new AppError('ENGINE_FAILED', `TensorFlow could not run the network: ${message}`, { cause })
}
