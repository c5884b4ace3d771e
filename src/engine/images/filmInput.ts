import type { Preprocessing } from '../../shared/domain/preprocessing.ts'
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
  const resize = size.resize === 'area' ? resizeArea : resizeBilinear
  return { channels, pixels: resize(toEightBits(raster, channels), raster, size, channels) }
}
