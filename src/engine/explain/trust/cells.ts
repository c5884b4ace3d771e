/** A map and a film in coarse cells, as an eye takes them in. */
import type { FilmInput } from '../../images/filmInput.ts'
import type { HeatMap } from '../heatMap.ts'

/** Cells along each side of a film. */
export const CELLS = 16

export interface Side {
  readonly rows: number
  readonly columns: number
}

/** The cell of each pixel, row by row: 0 to CELLS² − 1. */
export function cellOfPixels({ rows, columns }: Side): Uint16Array {
  const cells = new Uint16Array(rows * columns)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      cells[y * columns + x] =
        Math.floor((y * CELLS) / rows) * CELLS + Math.floor((x * CELLS) / columns)
  return cells
}

/** Mean of a map over each cell; 0 for a cell without pixels. */
export function cellMeans(map: HeatMap): Float64Array {
  const sums = new Float64Array(CELLS * CELLS)
  const counts = new Float64Array(CELLS * CELLS)
  cellOfPixels(map).forEach((cell, at) => {
    sums[cell]! += map.values[at]!
    counts[cell]!++
  })
  return sums.map((sum, cell) => (counts[cell]! > 0 ? sum / counts[cell]! : 0))
}

/** The film with the cells in `blanked` filled with `grey`. */
export function blankedFilm(
  { channels, pixels }: FilmInput,
  cells: Uint16Array,
  blanked: ReadonlySet<number>,
  grey: number,
): FilmInput {
  const left = pixels.slice()
  cells.forEach((cell, at) => {
    if (blanked.has(cell)) left.fill(grey, at * channels, (at + 1) * channels)
  })
  return { channels, pixels: left }
}
