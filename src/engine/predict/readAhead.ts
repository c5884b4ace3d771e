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

export interface Reader {
  readonly input: NetworkInput
  /** Films whose files tell black from white wrong, as a person said. */
  readonly turned: ReadonlySet<string>
  /** Files read at once. */
  readonly limit: number
}

/** Starts to read films. */
export function readAhead(paths: readonly string[], { input, turned, limit }: Reader): Readings {
  let left = paths.length
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const countDown = () => {
    if (--left === 0) begin()
  }
  if (left === 0) begin()
  const done = inParallel(paths, limit, (path) =>
    read(path, input, { turned: turned.has(path), onDecoding: once(countDown) }),
  )
  return { begun, done }
}

/** Never throws: what is wrong with one film is its own matter. */
async function read(
  path: string,
  input: NetworkInput,
  options: { readonly turned: boolean; readonly onDecoding: () => void },
): Promise<Reading> {
  try {
    return { kind: 'read', path, film: await readForNetwork(path, input, options) }
  } catch (cause) {
    const { code, message } = toAppError(cause)
    return { kind: 'refused', refusal: { path, code, reason: message } }
  } finally {
    options.onDecoding()
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
