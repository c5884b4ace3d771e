/** Loaded networks, so that a single film need not wait for one to be read and built. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { FittedEnvelope } from '../envelope/fitEnvelope.ts'
import type { InferenceNetwork } from './inferenceNetwork.ts'

export interface LoadedModel extends InferenceNetwork {
  readonly manifest: ModelManifest
  /** Of the films that it was made for, where the package has one. */
  readonly envelope?: FittedEnvelope | undefined
  /** Called when the model is freed: whoever makes more for it adds how that is freed. */
  readonly onFree: (() => void)[]
}

export interface ModelCache {
  /** Gives `work` the model of a folder, loaded when it is not yet or has changed since. */
  readonly use: <T>(folder: string, work: (model: LoadedModel) => Promise<T>) => Promise<T>
  /** Frees every model once nobody uses it. */
  readonly clear: () => void
}

interface Entry {
  readonly stamp: string
  readonly model: Promise<LoadedModel>
  users: number
  isDropped: boolean
}

/** Keeps the `limit` models used last. A model is freed when it is dropped and nobody uses it any more. */
export function createModelCache(
  load: (folder: string) => Promise<LoadedModel>,
  limit = 2,
): ModelCache {
  const entries = new Map<string, Entry>()

  function free(entry: Entry) {
    if (!entry.isDropped || entry.users > 0) return
    // A model that could not be loaded has nothing to free; its user was told why.
    entry.model.then(freeModel).catch(() => undefined)
  }
  function drop(folder: string) {
    const entry = entries.get(folder)
    if (!entry) return
    entries.delete(folder)
    entry.isDropped = true
    free(entry)
  }
  /** The entry with its new user already counted, so that nothing frees it in between. */
  async function entered(folder: string): Promise<Entry> {
    const stamp = await stampOf(folder)
    const known = entries.get(folder)
    if (known?.stamp === stamp) {
      // The last in the map is the one used last.
      entries.delete(folder)
      entries.set(folder, known)
      known.users++
      return known
    }
    drop(folder)
    const entry: Entry = { stamp, model: load(folder), users: 1, isDropped: false }
    entries.set(folder, entry)
    return entry
  }
  return {
    clear: () => [...entries.keys()].forEach(drop),
    async use(folder, work) {
      const entry = await entered(folder)
      for (const oldest of [...entries.keys()].slice(0, Math.max(0, entries.size - limit))) {
        drop(oldest)
      }
      try {
        return await work(await entry.model)
      } catch (cause) {
        if (await hasFailed(entry.model)) drop(folder)
        throw cause
      } finally {
        entry.users--
        free(entry)
      }
    },
  }
}

function freeModel({ network, onFree }: LoadedModel): void {
  for (const free of onFree.splice(0)) free()
  network.dispose()
}

const hasFailed = (model: Promise<LoadedModel>) =>
  model.then(
    () => false,
    () => true,
  )

/** Changes when a package is replaced or its files are written to. */
async function stampOf(folder: string): Promise<string> {
  const facts = await Promise.all(
    ['model.json', 'weights.bin'].map((name) =>
      stat(join(folder, name)).then(
        ({ ino, size, mtimeMs }) => `${ino}:${size}:${mtimeMs}`,
        () => 'none',
      ),
    ),
  )
  return facts.join(' ')
}
