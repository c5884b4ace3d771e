import type { DicomFacts } from '../../shared/domain/dicom.ts'
import type { FilmFormat } from '../../shared/domain/film.ts'
import type { RasterHeader } from './header.ts'

/** Samples as a decoder gives them: [rows, columns, channels], alpha included. */
export interface DecodedSamples {
  readonly channels: number
  readonly samples: Uint8Array | Uint16Array
}

/** A picture in memory, the way up that it is to be seen. */
export interface Raster extends Omit<RasterHeader, 'samplesPerPixel' | 'orientation'> {
  readonly format: FilmFormat
  /** In the file; an RGB film whose channels are all equal has 3 here and 1 below. */
  readonly storedSamplesPerPixel: number
  /** Of `samples`: 1 grey, 3 red, green, blue. */
  readonly samplesPerPixel: 1 | 3
  /** [rows, columns, samplesPerPixel] from the top left, 0 to 2^bitsStored − 1; alpha is left out. */
  readonly samples: Uint8Array | Uint16Array
  /** Black and white are to be exchanged once the greys have 8 bits. A DICOM film's are exchanged already. */
  readonly turned?: true
  /** Of a DICOM film, whose first frame this is as it is seen. */
  readonly dicom?: DicomFacts
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
  if (channels === 1) return { samplesPerPixel: 1, samples }
  const grey = channels < 3 ? firstChannel(samples, channels) : equalChannels(samples, channels)
  if (grey) return { samplesPerPixel: 1, samples: grey }
  if (channels === 3) return { samplesPerPixel: 3, samples }
  const pixels = samples.length / channels
  const colour = ofSameDepth(samples, pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      colour[pixel * 3 + channel] = samples[pixel * channels + channel]!
    }
  }
  return { samplesPerPixel: 3, samples: colour }
}

type Samples = Uint8Array | Uint16Array

const ofSameDepth = (samples: Samples, length: number): Samples =>
  samples instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length)

function firstChannel(samples: Samples, channels: number): Samples {
  const grey = ofSameDepth(samples, samples.length / channels)
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += channels)
    grey[pixel] = samples[at]!
  return grey
}

/** The channel that all three equal, or undefined. Compared and copied in one pass: most films take it. */
function equalChannels(samples: Samples, channels: number): Samples | undefined {
  const grey = ofSameDepth(samples, samples.length / channels)
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += channels) {
    const value = samples[at]!
    if (value !== samples[at + 1] || value !== samples[at + 2]) return undefined
    grey[pixel] = value
  }
  return grey
}
