/** Films read from their files while the graph computes the ones before. */
import type { Refusal } from '../../shared/domain/film.ts'
import { toAppError } from '../../shared/errors.ts'
import { inParallel } from '../data/inParallel.ts'
import type { FilmInput } from '../images/filmInput.ts'
import { readForNetwork, type NetworkInput } from './readForNetwork.ts'

export type Reading =
  | { readonly kind: 'read'; readonly path: string; readonly film: FilmInput }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export interface Readings {
  /** Nothing is left but decoding, which goes on beside this thread while a graph keeps it busy. */
  readonly begun: Promise<void>
  /** In the order of the paths. */
  readonly done: Promise<Reading[]>
}

/** Starts to read films, at most `limit` files at a time. */
export function readAhead(paths: readonly string[], input: NetworkInput, limit: number): Readings {
  let left = paths.length
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const countDown = () => {
    if (--left === 0) begin()
  }
  if (left === 0) begin()
  const done = inParallel(paths, limit, (path) => read(path, input, once(countDown)))
  return { begun, done }
}

/** Never throws: what is wrong with one film is its own matter. */
async function read(path: string, input: NetworkInput, onDecoding: () => void): Promise<Reading> {
  try {
    return { kind: 'read', path, film: await readForNetwork(path, input, onDecoding) }
  } catch (cause) {
    const { code, message } = toAppError(cause)
    return { kind: 'refused', refusal: { path, code, reason: message } }
  } finally {
    onDecoding()
  }
}

function once(action: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    action()
  }
}
