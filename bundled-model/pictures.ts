/** Pictures as files hold them, and as the network of the protocol takes them. */
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import { toEightBits } from '../src/engine/images/eightBits.ts'
import type { Raster } from '../src/engine/images/raster.ts'
import { resizeArea } from '../src/engine/images/resizeArea.ts'
import { spec } from './protocol.ts'

export const side = spec.input.height

export const planeOf = (raster: Raster): Plane => ({
  rows: raster.rows,
  columns: raster.columns,
  pixels: toEightBits(raster, 1),
})

export const asInput = (film: Plane): Uint8Array =>
  resizeArea(film.pixels, film, { rows: side, columns: side }, 1)
