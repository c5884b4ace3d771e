import type { Raster } from '../raster.ts'
import { withoutSpareChannels } from '../raster.ts'
import { greysOf, percentileWindow, realRange, usableWindows } from './greys.ts'
import { type DicomImage, openImage } from './image.ts'
import type { StoredSamples } from './storedValues.ts'

/** How real values become greys: as the file wants to be shown, or by the film's own percentiles 1 to 99. */
export type Windowing = 'file' | 'percentile'

/**
 * The first frame of a DICOM film as it is seen, 8 bits: the same order of steps, and the same window, as the viewer
 * begins with. `turned`: a person says that the file tells black from white wrong. Throws what `openImage` and reading the frame throw.
 */
export async function decodeDicom(
  bytes: Uint8Array,
  windowing: Windowing,
  turned = false,
): Promise<Raster> {
  const image = openImage(bytes)
  const { rows, columns, samplesPerPixel: storedSamplesPerPixel, frames } = image.module
  const stored = await image.frames.read(0)
  const seen = image.isColour
    ? { ...withoutSpareChannels({ channels: 3, samples: image.rgb(stored) }), missed: false }
    : greysAsShown(image, stored, windowing, turned)
  return {
    ...{ rows, columns, storedSamplesPerPixel, frames },
    ...{ samplesPerPixel: seen.samplesPerPixel, samples: seen.samples },
    ...{
      format: 'dicom',
      bitsStored: 8,
      synthetic: false,
      dicom: { ...image.facts, ...(seen.missed && { windowMissed: true }) },
    },
    photometric: seen.samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB',
  }
}

function greysAsShown(
  image: DicomImage,
  stored: StoredSamples,
  windowing: Windowing,
  turned: boolean,
) {
  const found = image.greyscale(0)
  const greyscale = { ...found, inverted: found.inverted !== turned }
  const { windows, missed } = usableWindows(image.module, greyscale, realRange(stored, greyscale))
  const isByFile = windowing === 'file'
  const window = isByFile ? windows[0]! : percentileWindow(stored, greyscale)
  return {
    samplesPerPixel: 1 as const,
    samples: greysOf(stored, greyscale, window),
    missed: isByFile && missed,
  }
}
