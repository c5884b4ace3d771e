/** Films decoded once to a network's input size and kept between runs. */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryName } from '../../files/atomicWrite.ts'
import { discard } from '../../files/discard.ts'
import { describeFileError } from '../../files/fileError.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import { fileOfFilm } from '../../shared/filmPath.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import type { FilmBatch } from '../graph/network.ts'
import type { InputSize } from '../images/filmInput.ts'
import { buildFilmCache } from './buildFilmCache.ts'
import { readCacheFile, readInto, type CacheContents } from './filmCacheFile.ts'
import { inParallel } from './inParallel.ts'

/** Raised when decoding or resizing changes, so that older files are not taken for new ones. */
const VERSION = 3
const STALE_MS = 24 * 3600 * 1000

export interface FilmCacheOrder extends InputSize {
  /** Positions count in this list, from 0. */
  readonly paths: readonly string[]
  /** Those of them whose black and white are exchanged. */
  readonly turned?: readonly string[]
  /** Made when absent. */
  readonly folder: string
}

export interface FilmCache {
  /** 1 when all films are grey, whatever the network takes. */
  readonly channels: 1 | 3
  /** In the order of the paths. */
  readonly refused: readonly (Refusal & { readonly position: number })[]
  /** Every readable film says of itself that no patient stands behind it. */
  readonly synthetic: boolean
  /** The films at these positions, none of them a refused one. */
  readonly read: (positions: ArrayLike<number>) => Promise<FilmBatch>
  /** Gives the file back. */
  readonly close: () => Promise<void>
}

/**
 * Opens the cache of these films, building it when there is none, or when it is damaged. The name of the
 * file follows from paths, sizes and times of the films and from the input size.
 * Throws CANCELLED, DISK_FULL, NOT_PERMITTED.
 */
export async function openFilmCache(
  order: FilmCacheOrder,
  job: Job<{ done: number; total: number }>,
): Promise<FilmCache> {
  await mkdir(order.folder, { recursive: true }).catch((cause: unknown) => {
    throw describeFileError(cause, order.folder, 'made')
  })
  const name = `films-${await cacheKey(order)}.bin`
  const path = join(order.folder, name)
  const found = await load(path, order).catch(() => undefined)
  if (found) {
    job.report({ done: order.paths.length, total: order.paths.length })
    return found
  }
  await removeStale(order.folder)
  const films = { paths: order.paths, turned: new Set(order.turned) }
  await buildFilmCache(path, join(order.folder, temporaryName(name)), films, order, job)
  return load(path, order)
}

async function load(path: string, order: FilmCacheOrder): Promise<FilmCache> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw describeFileError(cause, path, 'read')
  })
  try {
    return cacheOf(await readCacheFile(file), order.paths, file)
  } catch (cause) {
    await file.close().catch(() => undefined)
    throw describeFileError(cause, path, 'read')
  }
}

/** Films stay in the file: the system keeps what is read often, and 200,000 films need no more memory than two hundred. */
function cacheOf(
  { channels, filmBytes, refused, synthetic }: CacheContents,
  paths: readonly string[],
  file: FileHandle,
): FilmCache {
  return {
    channels,
    synthetic,
    refused: refused.map(({ at, code, reason }) => ({
      position: at,
      path: paths[at]!,
      code,
      reason,
    })),
    read: async (positions) => {
      const count = positions.length
      const pixels = new Uint8Array(count * filmBytes)
      // All at once, so that they are read while a graph keeps this thread busy.
      const reads = Array.from(positions, (position, at) =>
        readInto(file, position * filmBytes, pixels.subarray(at * filmBytes, (at + 1) * filmBytes)),
      )
      await Promise.all(reads)
      return { count, channels, pixels }
    },
    close: () => file.close(),
  }
}

async function cacheKey(order: FilmCacheOrder): Promise<string> {
  const { paths, rows, columns, channels, resize, window = 'file' } = order
  const shape = [VERSION, rows, columns, channels, resize, window]
  const hash = createHash('sha256').update(JSON.stringify(shape))
  const states = await inParallel(paths, 16, (path) =>
    // A file that is gone is refused when it is read; until then its absence is its state.
    stat(fileOfFilm(path)).then(
      ({ size, mtimeMs }) => [path, size, mtimeMs],
      () => [path],
    ),
  )
  for (const state of states) hash.update(JSON.stringify(state))
  const { turned = [] } = order
  if (turned.length > 0) hash.update(JSON.stringify(['turned', ...turned]))
  return hash.digest('hex').slice(0, 32)
}

/** Removes what a killed run left; another program may be writing a fresh one. */
async function removeStale(folder: string): Promise<void> {
  // A folder that cannot be read says so when the cache is written there.
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith('.films-') || !name.endsWith('.new')) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > STALE_MS) await discard(path)
  }
}
