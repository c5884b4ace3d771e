/** What is written on films and cut out of them, so that a network cannot tell classes by it. */
import { below, uniform, type Random } from '../random.ts'
import { glyphColumns, glyphRows, isSet } from './glyphs.ts'
import type { Plane } from './plane.ts'

const sideLetters = ['R', 'R', 'L', 'D', 'A-P'] as const
/** How many marks a film gets, each entry as likely as the others. */
const counts = [0, 1, 1, 2, 3] as const
const cornersChance = 0.35

/** Side letters, exposure values, times of day, and blanked corners; at least the grey values of lead and print. */
export function marked(plane: Plane, random: Random): Plane {
  const { rows, columns } = plane
  const pixels = Uint8Array.from(plane.pixels)
  const film = { rows, columns, pixels }
  const marks = counts[below(random, counts.length)]!
  for (let mark = 0; mark < marks; mark++) drawMark(film, random)
  if (random.next() < cornersChance) {
    const corners = 1 + below(random, 3)
    for (let corner = 0; corner < corners; corner++) blankCorner(film, random)
  }
  return film
}

/** One or two rectangles of any one grey value, anywhere. */
export function patched(plane: Plane, random: Random): Plane {
  const { rows, columns } = plane
  const film = { rows, columns, pixels: Uint8Array.from(plane.pixels) }
  const patches = 1 + below(random, 2)
  for (let patch = 0; patch < patches; patch++) {
    const height = Math.round(rows * uniform(random, 0.08, 0.3))
    const width = Math.round(columns * uniform(random, 0.08, 0.3))
    const top = below(random, rows - height + 1)
    const left = below(random, columns - width + 1)
    fill(film, { top, left, height, width }, below(random, 256))
  }
  return film
}

function drawMark(film: Plane, random: Random): void {
  const { rows, columns } = film
  const value = 170 + below(random, 86)
  const kind = below(random, 4)
  if (kind < 2) {
    const isLeft = random.next() < 0.5
    const left = columns * (isLeft ? uniform(random, 0, 0.18) : uniform(random, 0.76, 0.92))
    const top = rows * uniform(random, 0.02, 0.4)
    const dot = rows * uniform(random, 0.005, 0.017)
    const text = sideLetters[below(random, sideLetters.length)]!
    write(film, { text, left, top, dot, value })
  } else {
    const dot = rows * uniform(random, 0.004, 0.0065)
    const isExposure = kind === 2
    const text = isExposure ? `KV${50 + below(random, 25)}` : timeOfDay(random)
    const left = columns * uniform(random, 0.45, 0.9)
    const top = rows * (isExposure ? uniform(random, 0.85, 0.96) : uniform(random, 0.01, 0.06))
    write(film, { text, left, top, dot, value })
  }
}

const timeOfDay = (random: Random): string =>
  [24, 60, 60].map((count) => String(below(random, count)).padStart(2, '0')).join(':')

interface Writing {
  readonly text: string
  readonly left: number
  readonly top: number
  /** Side of one dot, pixels. */
  readonly dot: number
  readonly value: number
}

function write(film: Plane, { text, left, top, dot, value }: Writing): void {
  const { rows, columns, pixels } = film
  const bottom = Math.min(rows, Math.ceil(top + glyphRows * dot))
  const right = Math.min(columns, Math.ceil(left + glyphColumns * dot * text.length))
  for (let y = Math.max(0, Math.floor(top)); y < bottom; y++)
    for (let x = Math.max(0, Math.floor(left)); x < right; x++) {
      const place = Math.floor((x + 0.5 - left) / dot)
      const row = Math.floor((y + 0.5 - top) / dot)
      const sign = text[Math.floor(place / glyphColumns)]
      if (sign !== undefined && isSet(sign, row, place % glyphColumns))
        pixels[y * columns + x] = value
    }
}

function blankCorner(film: Plane, random: Random): void {
  const { rows, columns } = film
  const height = Math.round(rows * uniform(random, 0.045, 0.27))
  const width = Math.round(columns * uniform(random, 0.045, 0.27))
  const top = random.next() < 0.5 ? 0 : rows - height
  const left = random.next() < 0.5 ? 0 : columns - width
  fill(film, { top, left, height, width }, below(random, 80))
}

interface Rectangle {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

function fill({ columns, pixels }: Plane, { top, left, height, width }: Rectangle, value: number) {
  for (let row = top; row < top + height; row++)
    pixels.fill(value, row * columns + left, row * columns + left + width)
}
