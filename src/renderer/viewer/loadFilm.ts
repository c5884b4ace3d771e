import { AppError } from '../../shared/errors.ts'
import { pixelsUrl } from '../api.ts'
import type { FilmPixels } from './film.ts'

/** What main answers when the engine ended while it read the film. */
const engineFailed = 503

/** Fetches a film's pixels from main. Throws AppError with the reason that main gives. */
export async function loadFilm(imageId: string, signal?: AbortSignal): Promise<FilmPixels> {
  const response = await fetch(pixelsUrl(imageId), { signal: signal ?? null })
  if (!response.ok) {
    const reason = await response.text()
    const code = response.status === engineFailed ? 'ENGINE_FAILED' : 'NOT_FOUND'
    throw new AppError(code, reason || 'The film’s pixels cannot be read')
  }
  return filmOf(response.headers, await response.arrayBuffer())
}

/** Reads what main sends: little-endian samples, their shape in headers. Throws DAMAGED when the two disagree. */
export function filmOf(headers: Headers, buffer: ArrayBuffer): FilmPixels {
  const read = (name: string) => {
    const value = headers.get(name)
    return value === null || value === '' ? undefined : Number(value)
  }
  const height = read('X-Rows')
  const width = read('X-Columns')
  const bits = read('X-Bits-Allocated')
  if (!height || !width || (bits !== 8 && bits !== 16)) {
    throw new AppError('DAMAGED', 'The film came without its size; open it again')
  }
  if (buffer.byteLength !== (width * height * bits) / 8) {
    throw new AppError('DAMAGED', 'The film came without all its pixels; open it again')
  }
  const samples = bits === 8 ? new Uint8Array(buffer) : new Uint16Array(buffer)
  const minimum = read('X-Minimum') ?? 0
  const maximum = read('X-Maximum') ?? 2 ** bits - 1
  const window = {
    centre: read('X-Window-Centre') ?? (minimum + maximum) / 2,
    width: Math.max(1, read('X-Window-Width') ?? maximum - minimum),
  }
  return { samples, width, height, minimum, maximum, window }
}
