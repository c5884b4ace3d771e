import type { Preprocessing } from '../../shared/domain/preprocessing.ts'
import type { DicomFacts } from '../../shared/domain/dicom.ts'
import { AppError } from '../../shared/errors.ts'
import type { Windowing } from './dicom/dicomRaster.ts'
import { toEightBits } from './eightBits.ts'
import type { Raster } from './raster.ts'
import { resizeBilinear, type Size } from './resize.ts'
import { resizeArea } from './resizeArea.ts'

export interface InputSize extends Size {
  readonly resize: Preprocessing['resize']
  /** What the network takes: 1, then colour becomes luminance; 3, then colour stays. */
  readonly channels: 1 | 3
  /** What greys are made of a DICOM film's values by; `file` when left out. */
  readonly window?: Windowing | undefined
}

export interface FilmInput {
  /** 1 for a grey film, also where the network takes 3: its graph repeats the channel. */
  readonly channels: 1 | 3
  /** [rows, columns, channels], 0–255. */
  readonly pixels: Uint8Array
  /** A photograph in colour, also where the network takes grey; false when left out. */
  readonly isColour?: boolean
  /** What a DICOM file says of it. */
  readonly dicom?: DicomFacts | undefined
}

/**
 * A film at a network's input size. Training and screening both come through here.
 * Throws UNSUPPORTED for a file of several frames: which of them the patient's film is, nobody knows here.
 */
export function filmInput(raster: Raster, size: InputSize): FilmInput {
  if (raster.frames > 1) {
    throw new AppError(
      'UNSUPPORTED',
      `the file holds ${raster.frames} frames where a film has one: export the frame that is meant`,
    )
  }
  const channels = size.channels === 1 ? 1 : raster.samplesPerPixel
  return {
    channels,
    pixels: scaled(toEightBits(raster, channels), raster, size, channels),
    isColour: isColourful(raster),
    dicom: raster.dicom,
  }
}

/** Samples of 8 bits, [rows, columns, channels], brought to a network's input size. */
export function scaled(
  pixels: Uint8Array,
  from: Size,
  size: InputSize,
  channels: FilmInput['channels'],
): Uint8Array {
  const resize = size.resize === 'area' ? resizeArea : resizeBilinear
  return resize(pixels, from, size, channels)
}

/** Of 255: the mean distance of the channels that a tint or a compression leaves to a grey film stays below. */
const TINT = 12
/** Pixels looked at; more say no more. */
const LOOKS = 10_000

function isColourful({ samplesPerPixel, bitsStored, samples }: Raster): boolean {
  if (samplesPerPixel === 1) return false
  const step = Math.max(1, Math.floor(samples.length / 3 / LOOKS))
  let [sum, count] = [0, 0]
  for (let at = 0; at + 2 < samples.length; at += 3 * step) {
    const [red, green, blue] = [samples[at]!, samples[at + 1]!, samples[at + 2]!]
    sum += Math.max(red, green, blue) - Math.min(red, green, blue)
    count++
  }
  return count > 0 && (255 * sum) / count / (2 ** Math.max(8, bitsStored) - 1) > TINT
}
