import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from '../../files/atomicWrite.ts'
import { discard } from '../../files/discard.ts'
import { describeFileError } from '../../files/fileError.ts'
import { requireRoom } from '../../files/freeSpace.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { filmInput, type FilmInput, type InputSize } from '../images/filmInput.ts'
import { refusalOf } from '../images/readFilms.ts'
import { readRaster } from '../images/readRaster.ts'
import { CacheWriter, type CacheContents } from './filmCacheFile.ts'
import { inParallel } from './inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { throttled } from './throttle.ts'

/** Films decoded before they are written together. */
const CHUNK = 64
const UNDER_WAY = 4

interface FilmsToDecode {
  readonly paths: readonly string[]
  /** Those of them whose black and white are exchanged. */
  readonly turned: ReadonlySet<string>
}

type Decoded = (FilmInput & { readonly synthetic: boolean }) | { readonly refusal: Refusal }

/** Thrown inside when a colour film turns up in a cache begun in grey. */
class ColourFound extends Error {}

/**
 * Decodes every film to `size` and writes the cache file under its name once it is complete. Grey films
 * take one channel; a single colour film makes all of them take three, where the network wants that.
 * Throws CANCELLED, DISK_FULL or NOT_PERMITTED, and leaves nothing behind.
 */
export async function buildFilmCache(
  path: string,
  temporary: string,
  films: FilmsToDecode,
  size: InputSize,
  job: Job<{ done: number; total: number }>,
): Promise<void> {
  try {
    await write(temporary, films, size, 1, job).catch(async (cause: unknown) => {
      if (!(cause instanceof ColourFound)) throw cause
      await rm(temporary, { force: true })
      await write(temporary, films, size, 3, job)
    })
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await discard(temporary)
    throw describeFileError(cause, path, 'written')
  }
}

async function write(
  path: string,
  { paths: films, turned }: FilmsToDecode,
  size: InputSize,
  channels: 1 | 3,
  job: Job<{ done: number; total: number }>,
): Promise<void> {
  const filmBytes = size.rows * size.columns * channels
  const refused: CacheContents['refused'] = []
  const progress = throttled(job.report)
  let real = 0
  await requireRoom(dirname(path), films.length * filmBytes, 'decoding the films')
  const file = await open(path, 'wx')
  try {
    const writer = new CacheWriter(file)
    for (let from = 0; from < films.length; from += CHUNK) {
      const chunk = new Uint8Array(Math.min(CHUNK, films.length - from) * filmBytes)
      await inParallel(films.slice(from, from + CHUNK), UNDER_WAY, async (film, at) => {
        throwIfCancelled(job.signal)
        const decoded = await decode(film, size, turned.has(film))
        if ('refusal' in decoded) {
          refused.push({
            at: from + at,
            code: decoded.refusal.code,
            reason: decoded.refusal.reason,
          })
          return
        }
        if (!decoded.synthetic) real++
        chunk.set(inChannels(decoded, channels), at * filmBytes)
        await turnOfTheLoop()
      })
      await writer.add(chunk)
      progress.report({ done: Math.min(from + CHUNK, films.length), total: films.length })
    }
    progress.flush()
    refused.sort((a, b) => a.at - b.at)
    const synthetic = real === 0 && refused.length < films.length
    await writer.finish({ films: films.length, filmBytes, channels, synthetic, refused })
  } finally {
    await file.close()
  }
}

async function decode(path: string, size: InputSize, turned: boolean): Promise<Decoded> {
  try {
    const raster = await readRaster(path, { window: size.window, turned })
    return { ...filmInput(raster, size), synthetic: raster.synthetic }
  } catch (cause) {
    return { refusal: refusalOf(path, cause) }
  }
}

function inChannels({ channels, pixels }: FilmInput, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return pixels
  if (channels === 3) throw new ColourFound()
  const three = new Uint8Array(pixels.length * 3)
  for (let at = 0; at < three.length; at++) three[at] = pixels[Math.floor(at / 3)]!
  return three
}
