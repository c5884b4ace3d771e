import type { FilmFormat } from '../../shared/domain/film.ts'
import type { RasterHeader } from './header.ts'

/** Samples as a decoder gives them: [rows, columns, channels], alpha included. */
export interface DecodedSamples {
  readonly channels: number
  readonly samples: Uint8Array | Uint16Array
}

/** A picture in memory, as the file stores it. */
export interface Raster extends Omit<RasterHeader, 'frames' | 'samplesPerPixel'> {
  readonly format: FilmFormat
  /** In the file; an RGB film whose channels are all equal has 3 here and 1 below. */
  readonly storedSamplesPerPixel: number
  /** Of `samples`: 1 grey, 3 red, green, blue. */
  readonly samplesPerPixel: 1 | 3
  /** [rows, columns, samplesPerPixel] from the top left, 0 to 2^bitsStored − 1; alpha is left out. */
  readonly samples: Uint8Array | Uint16Array
}

/** A raster together with its file, read once. */
export interface RasterFile {
  readonly raster: Raster
  readonly bytes: Uint8Array
}

/** Leaves alpha out, and keeps one of three equal channels: films are often saved as colour pictures. */
export function withoutSpareChannels({ channels, samples }: DecodedSamples): {
  samplesPerPixel: 1 | 3
  samples: Uint8Array | Uint16Array
} {
  const isGrey = channels < 3 || hasEqualChannels(samples, channels)
  if (channels === 1 || (channels === 3 && !isGrey)) {
    return { samplesPerPixel: channels, samples }
  }
  const pixels = samples.length / channels
  const kept = isGrey ? 1 : 3
  const result =
    samples instanceof Uint8Array ? new Uint8Array(pixels * kept) : new Uint16Array(pixels * kept)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < kept; channel++) {
      result[pixel * kept + channel] = samples[pixel * channels + channel]!
    }
  }
  return { samplesPerPixel: kept, samples: result }
}

function hasEqualChannels(samples: Uint8Array | Uint16Array, channels: number): boolean {
  for (let at = 0; at < samples.length; at += channels) {
    if (samples[at] !== samples[at + 1] || samples[at] !== samples[at + 2]) return false
  }
  return true
}
