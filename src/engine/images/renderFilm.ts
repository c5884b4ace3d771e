import type { FilmPixels } from '../../shared/domain/filmPixels.ts'
import { placeOfFilm } from '../../shared/filmPath.ts'
import { renderDicom } from './dicom/renderDicom.ts'
import { toGrey } from './eightBits.ts'
import { sniffFormat } from './format.ts'
import { rangeOf } from './range.ts'
import type { Raster } from './raster.ts'
import { decodeRaster, readRaster, withFile } from './readRaster.ts'

/** One frame (the first when left out) for the viewer, at the stored depth. Throws as `readRaster` does. */
export async function renderFilm({
  path,
  frame = 1,
}: {
  readonly path: string
  readonly frame?: number | undefined
}): Promise<FilmPixels> {
  if (placeOfFilm(path).index !== undefined) return renderRaster(await readRaster(path))
  return withFile(path, async (bytes) =>
    sniffFormat(bytes) === 'dicom'
      ? renderDicom(bytes, frame)
      : renderRaster(await decodeRaster(bytes)),
  )
}

/**
 * Colour becomes luminance. The window is that of any picture viewer for up to 8 bits, and the film's own range
 * beyond.
 */
function renderRaster(raster: Raster): FilmPixels {
  const grey = toGrey(raster)
  const { minimum, maximum } = rangeOf(grey)
  const low = raster.bitsStored > 8 ? minimum : 0
  const high = raster.bitsStored > 8 ? maximum : 2 ** raster.bitsStored - 1
  return {
    rows: raster.rows,
    columns: raster.columns,
    samplesPerPixel: 1,
    sampleType: grey instanceof Uint8Array ? 'uint8' : 'uint16',
    slope: 1,
    intercept: 0,
    minimum,
    maximum,
    windows: [
      {
        kind: 'window',
        label: '',
        centre: (low + high) / 2,
        width: Math.max(1, high - low),
        shape: 'linear-exact',
      },
    ],
    inverted: false,
    frames: 1,
    frame: 1,
    // Every platform that Electron runs on is little-endian, so the memory is the wire format.
    samples: new Uint8Array(Buffer.from(grey.buffer, grey.byteOffset, grey.byteLength)),
  }
}
