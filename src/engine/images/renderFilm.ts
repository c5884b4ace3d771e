import type { FilmPixels, PaneSize } from '../../shared/domain/filmPixels.ts'
import { samplesIn } from '../../shared/filmEnvelope.ts'
import { placeOfFilm } from '../../shared/filmPath.ts'
import { halved, halvingsSeen, type Level } from '../../shared/halved.ts'
import { renderDicom } from './dicom/renderDicom.ts'
import { toGrey } from './eightBits.ts'
import { sniffFormat } from './format.ts'
import { rangeOf } from './range.ts'
import type { Raster } from './raster.ts'
import { decodeRaster, readRaster, withFile } from './readRaster.ts'

/**
 * One frame (the first when left out) for the viewer, at the stored depth, and halved as often as asked, or as a pane
 * wants it, where it has no padding, which would darken the means at its edge. Throws as `readRaster` does.
 */
export async function renderFilm({
  path,
  frame = 1,
  halvings = 0,
  pane,
}: {
  readonly path: string
  readonly frame?: number | undefined
  readonly halvings?: number | undefined
  readonly pane?: PaneSize | undefined
}): Promise<FilmPixels> {
  const film = await rendered(path, frame)
  const wanted = pane ? halvingsSeen({ width: film.columns, height: film.rows }, pane) : halvings
  const isHalved = wanted > 0 && !film.padding
  return isHalved ? withHalvings(film, wanted) : { ...film, samples: alone(film.samples) }
}

async function rendered(path: string, frame: number): Promise<FilmPixels> {
  if (placeOfFilm(path).index !== undefined) return renderRaster(await readRaster(path))
  return withFile(path, async (bytes) =>
    sniffFormat(bytes) === 'dicom'
      ? renderDicom(bytes, frame)
      : renderRaster(await decodeRaster(bytes)),
  )
}

function withHalvings(film: FilmPixels, halvings: number): FilmPixels {
  const { columns, rows, samplesPerPixel, sampleType } = film
  const { buffer, byteOffset } = film.samples
  const size = { width: columns, height: rows, channels: samplesPerPixel }
  const count = rows * columns * samplesPerPixel
  let level: Level = { ...size, samples: samplesIn(buffer, byteOffset, count, sampleType) }
  for (let done = 0; done < halvings; done++) level = halved(level)
  return { ...film, halvings, samples: new Uint8Array(level.samples.buffer) }
}

/** A message takes the whole buffer along, which may be that of a file. */
const alone = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()

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
    samples: new Uint8Array(grey.buffer, grey.byteOffset, grey.byteLength),
  }
}
