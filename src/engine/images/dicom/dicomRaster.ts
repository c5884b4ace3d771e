import type { Raster } from '../raster.ts'
import { withoutSpareChannels } from '../raster.ts'
import { fullWindow, greysOf, percentileWindow, realRange } from './greys.ts'
import { type DicomImage, openImage } from './image.ts'
import type { StoredSamples } from './storedValues.ts'

/** How real values become greys: as the file wants to be shown, or by the film's own percentiles 1 to 99. */
export type Windowing = 'file' | 'percentile'

/**
 * The first frame of a DICOM film as it is seen, 8 bits: the same order of steps, and the same window, as the viewer
 * begins with. Throws what `openImage` and reading the frame throw.
 */
export async function decodeDicom(bytes: Uint8Array, windowing: Windowing): Promise<Raster> {
  const image = openImage(bytes)
  const { rows, columns, samplesPerPixel: storedSamplesPerPixel, frames } = image.module
  const stored = await image.frames.read(0)
  const seen = image.isColour
    ? withoutSpareChannels({ channels: 3, samples: image.rgb(stored) })
    : { samplesPerPixel: 1 as const, samples: greysAsShown(image, stored, windowing) }
  return {
    ...{ rows, columns, storedSamplesPerPixel, frames, ...seen },
    ...{ format: 'dicom', bitsStored: 8, synthetic: false, dicom: image.facts },
    photometric: seen.samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB',
  }
}

function greysAsShown(image: DicomImage, stored: StoredSamples, windowing: Windowing): Uint8Array {
  const greyscale = image.greyscale(0)
  const [first] = greyscale.windows
  const window =
    windowing === 'percentile'
      ? percentileWindow(stored, greyscale)
      : (first ?? fullWindow(image.module, greyscale, realRange(stored, greyscale)))
  return greysOf(stored, greyscale, window)
}
