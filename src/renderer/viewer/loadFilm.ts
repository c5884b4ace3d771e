import { AppError } from '../../shared/errors.ts'
import { unpackFilm, type Samples } from '../../shared/filmEnvelope.ts'
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
  return filmOf(await response.arrayBuffer())
}

/** The film in an envelope of main, its numbers as unsigned integers. Throws DAMAGED when the envelope is not whole. */
export function filmOf(envelope: ArrayBuffer): FilmPixels {
  const { description, samples } = unpackFilm(envelope)
  const { slope, intercept, windows, inverted } = description
  const { unsigned, scale, zero } = asUnsigned(samples)
  /** Real values as the viewer's samples. */
  const sampleOf = (real: number) => ((real - intercept) / slope - zero) / scale
  const ends = [sampleOf(description.minimum), sampleOf(description.maximum)]
  const [first] = windows
  const shown =
    first?.kind === 'window'
      ? first
      : {
          centre: (description.minimum + description.maximum) / 2,
          width: description.maximum - description.minimum,
        }
  return {
    samples: unsigned,
    width: description.columns,
    height: description.rows,
    minimum: Math.min(...ends),
    maximum: Math.max(...ends),
    window: {
      centre: sampleOf(shown.centre),
      width: Math.max(1, Math.abs(shown.width / slope / scale)),
    },
    inverted: inverted !== slope < 0,
    description,
  }
}

/** The viewer draws unsigned numbers of 8 or 16 bits: sample = scale × unsigned + zero. */
function asUnsigned(samples: Samples) {
  if (samples instanceof Uint8Array || samples instanceof Uint16Array) {
    return { unsigned: samples, scale: 1, zero: 0 }
  }
  if (samples instanceof Int16Array) {
    return {
      unsigned: Uint16Array.from(samples, (value) => value + 32_768),
      scale: 1,
      zero: -32_768,
    }
  }
  const zero = samples.reduce((least, value) => Math.min(least, value), Infinity)
  const most = samples.reduce((largest, value) => Math.max(largest, value), -Infinity)
  const scale = most > zero ? (most - zero) / 65_535 : 1
  return {
    unsigned: Uint16Array.from(samples, (value) => (value - zero) / scale + 0.5),
    scale,
    zero,
  }
}
