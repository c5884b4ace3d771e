/** A film with its map in colours over it, and a legend bar, as a picture to keep. */
import type { Explanation } from '../../shared/domain/explanation.ts'
import { filmInput } from '../images/filmInput.ts'
import { readRaster } from '../images/readRaster.ts'
import { resized } from './heatMap.ts'
import { colourOf, type Palette } from '../../shared/heatColours.ts'
import { encodePng } from './pngFile.ts'

/** Longest side of the film in the picture, pixels. */
const LONGEST = 768
const [MARGIN, BAR] = [12, 20]
/** How much of a colour covers the film where the map is at its largest; elsewhere less, in proportion. */
const OPACITY = 0.65

/**
 * The film of `path` in grey with the map over it, and beside it a bar from 0 (foot) to the map's largest value (top).
 * `description` goes into the file: what is shown, and that it is for research only. Throws as `readRaster`.
 */
export async function overlayPicture(
  path: string,
  map: Pick<Explanation, 'rows' | 'columns' | 'values'>,
  description: string,
  {
    palette = 'inferno',
    turned,
  }: { readonly palette?: Palette; readonly turned?: boolean | undefined } = {},
): Promise<Buffer> {
  const { film, size } = await scaledFilm(path, turned)
  const heat = resized({ ...map, values: Float32Array.from(map.values, (value) => value / 255) }, size) // prettier-ignore
  const columns = size.columns + 2 * MARGIN + BAR
  const picture = new Uint8Array(3 * size.rows * columns)
  const put = (x: number, y: number, colour: readonly number[]) =>
    picture.set(colour, 3 * (y * columns + x))
  for (let y = 0; y < size.rows; y++) {
    for (let x = 0; x < size.columns; x++) {
      const place = y * size.columns + x
      const [grey, value] = [film.pixels[place]!, heat.values[place]!]
      const cover = OPACITY * value
      put(x, y, colourOf(palette, value).map((channel) => grey + cover * (channel - grey))) // prettier-ignore
    }
    if (y < MARGIN || y >= size.rows - MARGIN) continue
    const value = 1 - (y - MARGIN) / Math.max(1, size.rows - 2 * MARGIN - 1)
    for (let x = 0; x < BAR; x++) put(size.columns + MARGIN + x, y, colourOf(palette, value))
  }
  // A white notch at 0, a half and 1.
  for (const share of [0, 0.5, 1]) {
    const y = MARGIN + Math.round(share * (size.rows - 2 * MARGIN - 1))
    for (let x = 0; x < 6; x++) put(size.columns + MARGIN + BAR + x, y, [255, 255, 255])
  }
  return encodePng(picture, { rows: size.rows, columns }, description)
}

/** The film alone at the same size, to be seen beside it. Throws as `readRaster`. */
export async function plainPicture(
  path: string,
  description: string,
  { turned }: { readonly turned?: boolean | undefined } = {},
): Promise<Buffer> {
  const { film, size } = await scaledFilm(path, turned)
  const picture = new Uint8Array(3 * size.rows * size.columns)
  film.pixels.forEach((grey, place) => picture.fill(grey, 3 * place, 3 * place + 3))
  return encodePng(picture, size, description)
}

async function scaledFilm(path: string, turned: boolean | undefined) {
  const raster = await readRaster(path, { turned })
  const scale = LONGEST / Math.max(raster.rows, raster.columns)
  const size = {
    rows: Math.max(1, Math.round(raster.rows * scale)),
    columns: Math.max(1, Math.round(raster.columns * scale)),
  }
  return { film: filmInput(raster, { ...size, channels: 1, resize: 'bilinear' }), size }
}
