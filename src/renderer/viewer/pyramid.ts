import type { FilmPixels } from './film.ts'
import type { Size } from './view.ts'

export interface Level extends Size {
  readonly samples: Uint8Array | Uint16Array
}

/** Smaller levels are not worth their memory: this many pixels are drawn within a millisecond. */
const smallest = 512

/** The film and its halvings, each pixel the mean of the two by two below it: what a small film is drawn from. */
export function pyramid(film: FilmPixels): Level[] {
  const levels: Level[] = [film]
  for (let level: Level = film; Math.max(level.width, level.height) > smallest;) {
    level = halved(level)
    levels.push(level)
  }
  return levels
}

/** Which level holds just more pixels than the screen: `scale` is screen pixels a film pixel. */
export function levelFor(scale: number, levels: number): number {
  const wanted = Math.floor(Math.log2(1 / scale))
  return Math.min(Math.max(wanted, 0), levels - 1)
}

/** Half the size, rounded up; at an odd edge the last row or column stands for itself. */
export function halved({ samples, width, height }: Level): Level {
  const columns = Math.ceil(width / 2)
  const rows = Math.ceil(height / 2)
  const half =
    samples instanceof Uint8Array ? new Uint8Array(columns * rows) : new Uint16Array(columns * rows)
  for (let row = 0, to = 0; row < rows; row++) {
    const top = 2 * row * width
    const bottom = Math.min(2 * row + 1, height - 1) * width
    for (let column = 0; column < columns; column++, to++) {
      const left = 2 * column
      const right = left + 1 < width ? left + 1 : left
      const sum =
        samples[top + left]! +
        samples[top + right]! +
        samples[bottom + left]! +
        samples[bottom + right]!
      half[to] = (sum + 2) >> 2
    }
  }
  return { samples: half, width: columns, height: rows }
}
