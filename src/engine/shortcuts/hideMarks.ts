/** Letters and other small bright marks near a film's edges, painted over with what surrounds them. */
import { resizeArea } from '../images/resizeArea.ts'
import type { Plane } from '../data/disturb/plane.ts'
import { opened } from './opened.ts'

/** Marks are looked for on a smaller copy of this longest side. */
const LOOK = 384
/** Strokes of letters are thinner than this, in pixels of the copy; about 1 cm of a film of 30 cm. */
const STROKE = 13
/** Grey values by which a mark stands out. */
const STANDS_OUT = 40
/** Shares of a side: marks lie this near to an edge, and are no larger than this. */
const [NEAR_EDGE, LARGEST] = [0.3, 0.15]
/** Pixels of the copy that are painted over around a mark: its blurred rim. */
const RIM = 2

/**
 * The film without its small bright marks; the same film where there is none. What is larger or lies in the middle stays:
 * an opening by a square (erosion, then dilation) is what the film would be without anything that thin.
 */
export function hideMarks(film: Plane): Plane {
  const copy = reduced(film)
  const ground = opened(copy, STROKE)
  const isMark = markedPlaces(copy, ground)
  if (!isMark.includes(1)) return film
  const pixels = Uint8Array.from(film.pixels)
  for (let y = 0; y < film.rows; y++) {
    const row = Math.floor((y * copy.rows) / film.rows)
    for (let x = 0; x < film.columns; x++) {
      const place = row * copy.columns + Math.floor((x * copy.columns) / film.columns)
      if (isMark[place] === 1) pixels[y * film.columns + x] = ground[place]!
    }
  }
  return { ...film, pixels }
}

function reduced(film: Plane): Plane {
  const scale = Math.min(1, LOOK / Math.max(film.rows, film.columns))
  const size = {
    rows: Math.max(1, Math.round(film.rows * scale)),
    columns: Math.max(1, Math.round(film.columns * scale)),
  }
  return { ...size, pixels: resizeArea(film.pixels, film, size, 1) }
}

/** 1 where a mark or its rim is. */
function markedPlaces({ rows, columns, pixels }: Plane, ground: Uint8Array): Uint8Array {
  const near = (at: number, side: number) => Math.min(at, side - 1 - at) < NEAR_EDGE * side
  const stands = pixels.map((value, place) => {
    const [y, x] = [Math.floor(place / columns), place % columns]
    return Number(value - ground[place]! > STANDS_OUT && (near(y, rows) || near(x, columns)))
  })
  const marks = new Uint8Array(pixels.length)
  for (const parts of connected(stands, columns)) {
    const ys = parts.map((place) => Math.floor(place / columns))
    const xs = parts.map((place) => place % columns)
    const isSmall = spread(ys) <= LARGEST * rows && spread(xs) <= LARGEST * columns
    if (isSmall) for (const place of parts) paint(marks, place, rows, columns)
  }
  return marks
}

const spread = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity) -
  values.reduce((a, b) => Math.min(a, b), Infinity) +
  1

function paint(marks: Uint8Array, place: number, rows: number, columns: number): void {
  const [y, x] = [Math.floor(place / columns), place % columns]
  for (let row = Math.max(0, y - RIM); row <= Math.min(rows - 1, y + RIM); row++)
    marks.fill(
      1,
      row * columns + Math.max(0, x - RIM),
      row * columns + Math.min(columns - 1, x + RIM) + 1,
    )
}

/** Groups of places that touch each other, also at corners. */
function connected(stands: Uint8Array, columns: number): number[][] {
  const left = Uint8Array.from(stands)
  const groups: number[][] = []
  left.forEach((_, first) => {
    if (left[first] !== 1) return
    const group = [first]
    left[first] = 0
    for (const place of group) {
      const x = place % columns
      for (const down of [-1, 0, 1])
        for (const right of [-1, 0, 1]) {
          const next = place + down * columns + right
          if (x + right < 0 || x + right >= columns || left[next] !== 1) continue
          left[next] = 0
          group.push(next)
        }
    }
    groups.push(group)
  })
  return groups
}
