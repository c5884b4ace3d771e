/** Films moved by a few pixels, and maps moved back. */
import type { FilmInput } from '../../images/filmInput.ts'
import type { HeatMap } from '../heatMap.ts'

/** Pixels down and to the right; negative: up and to the left. */
export interface Shift {
  readonly down: number
  readonly right: number
}

/** The film moved; what comes in at an edge repeats the pixels there. */
export function shiftedFilm(
  { channels, pixels }: FilmInput,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { down, right }: Shift,
): FilmInput {
  const moved = new Uint8Array(pixels.length)
  for (let y = 0; y < rows; y++) {
    const fromY = Math.min(Math.max(y - down, 0), rows - 1)
    for (let x = 0; x < columns; x++) {
      const from = (fromY * columns + Math.min(Math.max(x - right, 0), columns - 1)) * channels
      for (let channel = 0; channel < channels; channel++)
        moved[(y * columns + x) * channels + channel] = pixels[from + channel]!
    }
  }
  return { channels, pixels: moved }
}

/** The part of a map that lies `margin` pixels from every edge of the film, read `shift` further on. */
export function middleOf(
  { rows, columns, values }: HeatMap,
  margin: number,
  shift: Shift,
): HeatMap {
  const inside = { rows: rows - 2 * margin, columns: columns - 2 * margin }
  const part = new Float32Array(inside.rows * inside.columns)
  for (let y = 0; y < inside.rows; y++) {
    const from = (y + margin + shift.down) * columns + margin + shift.right
    part.set(values.subarray(from, from + inside.columns), y * inside.columns)
  }
  return { ...inside, values: part }
}
