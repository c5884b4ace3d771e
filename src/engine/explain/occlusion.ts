/** What a film's score loses when a part of it is covered: slow, but true of any network and any backend. */
import type { FilmInput } from '../images/filmInput.ts'
import type { Network } from '../graph/network.ts'
import { packFilms } from '../predict/readForNetwork.ts'
import { rowsOf } from '../predict/rows.ts'
import type { HeatMap } from './heatMap.ts'

/** Patches along the shorter side, each half over the next. */
const PATCHES = 8
const AT_ONCE = 16

/**
 * Mean loss of the class's probability over all patches that cover a pixel (Zeiler and Fergus 2014). Patches are filled
 * with the film's own mean; what raises the score when covered counts as 0. `pause` is called after each run.
 */
export async function occlusion(
  network: Pick<Network, 'predict' | 'spec'>,
  film: FilmInput,
  probabilityOf: (row: Float32Array) => number,
  pause: () => Promise<void>,
): Promise<HeatMap> {
  const { height, width } = network.spec.input
  const side = Math.max(1, Math.round(Math.min(height, width) / PATCHES))
  const stride = Math.max(1, Math.floor(side / 2))
  const fill = film.pixels.reduce((sum, value) => sum + value, 0) / film.pixels.length
  const places: { top: number; left: number }[] = []
  for (let top = 0; top < height; top += stride)
    for (let left = 0; left < width; left += stride) places.push({ top, left })
  const whole = probabilityOf(network.predict(packFilms([film])))
  const sums = new Float32Array(height * width)
  const counts = new Float32Array(height * width)
  for (let start = 0; start < places.length; start += AT_ONCE) {
    const some = places.slice(start, start + AT_ONCE)
    const covered = some.map((place) => cover(film, { ...place, side, height, width }, fill))
    rowsOf(network.predict(packFilms(covered)), covered.length).forEach((row, at) => {
      const loss = whole - probabilityOf(row)
      eachPixel({ ...some[at]!, side, height, width }, (pixel) => {
        sums[pixel]! += loss
        counts[pixel]!++
      })
    })
    await pause()
  }
  return {
    rows: height,
    columns: width,
    values: sums.map((sum, at) => Math.max(0, sum / counts[at]!)),
  }
}

interface Patch {
  readonly top: number
  readonly left: number
  readonly side: number
  readonly height: number
  readonly width: number
}

function cover(film: FilmInput, patch: Patch, fill: number): FilmInput {
  const pixels = film.pixels.slice()
  eachPixel(patch, (pixel) => pixels.fill(fill, pixel * film.channels, (pixel + 1) * film.channels))
  return { ...film, pixels }
}

function eachPixel(
  { top, left, side, height, width }: Patch,
  visit: (pixel: number) => void,
): void {
  for (let y = top; y < Math.min(height, top + side); y++)
    for (let x = left; x < Math.min(width, left + side); x++) visit(y * width + x)
}
