/** Halvings of a picture: what a film is drawn from where it is seen small. Engine and window make the same ones. */
import { mostHalvings } from './domain/filmPixels.ts'
import type { Samples } from './filmEnvelope.ts'

/** Smaller levels are not worth their memory: this many pixels are drawn within a millisecond. */
const smallest = 512

export interface Level {
  /** [height, width, channels] */
  readonly samples: Samples
  readonly width: number
  readonly height: number
  /** 1, or 3 in colour. */
  readonly channels: 1 | 3
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** How many levels a film of this size has, itself among them. */
export const levelsOf = ({ width, height }: Size): number =>
  1 + Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / smallest)))

/** Which level holds just more pixels than the screen: `scale` is screen pixels a film pixel. */
export function levelFor(scale: number, levels: number): number {
  const wanted = Math.floor(Math.log2(1 / scale))
  return Math.min(Math.max(wanted, 0), levels - 1)
}

/** How often the pixels are halved of which a whole film is drawn in a pane of so many pixels of the screen. */
export function halvingsSeen(film: Size, pane: Size): number {
  const scale = Math.min(pane.width / film.width, pane.height / film.height)
  return Math.min(mostHalvings, levelFor(scale, levelsOf(film)))
}

/** The size after so many halvings, rounded up each time. */
export function halvedSize({ width, height }: Size, halvings: number): Size {
  const after = (side: number) => Math.ceil(side / 2 ** halvings)
  return { width: after(width), height: after(height) }
}

/** Half the size, rounded up; at an odd edge the last row or column stands for itself. */
export function halved({ samples, width, height, channels }: Level): Level {
  const columns = Math.ceil(width / 2)
  const rows = Math.ceil(height / 2)
  const half = emptyLike(samples, columns * rows * channels)
  if (channels === 1) halveGreys({ samples, width, height, channels }, half)
  else halveColours({ samples, width, height, channels }, half)
  return { samples: half, width: columns, height: rows, channels }
}

/** Nearly all films are grey, and go without the loop over channels. */
function halveGreys({ samples, width, height }: Level, half: Samples): void {
  const whole = !(samples instanceof Float32Array)
  const pairs = Math.floor(width / 2)
  for (let row = 0, to = 0; 2 * row < height; row++) {
    let top = 2 * row * width
    let bottom = Math.min(2 * row + 1, height - 1) * width
    for (const end = to + pairs; to < end; to++, top += 2, bottom += 2) {
      const sum = samples[top]! + samples[top + 1]! + samples[bottom]! + samples[bottom + 1]!
      half[to] = whole ? (sum + 2) >> 2 : sum / 4
    }
    if (width % 2 === 1) {
      const sum = samples[top]! + samples[bottom]!
      half[to++] = whole ? (sum + 1) >> 1 : sum / 2
    }
  }
}

function halveColours({ samples, width, height, channels }: Level, half: Samples): void {
  const columns = Math.ceil(width / 2)
  const rows = Math.ceil(height / 2)
  const whole = !(samples instanceof Float32Array)
  for (let row = 0, to = 0; row < rows; row++) {
    const top = 2 * row * width
    const bottom = Math.min(2 * row + 1, height - 1) * width
    for (let column = 0; column < columns; column++) {
      const left = 2 * column
      const right = left + 1 < width ? left + 1 : left
      for (let channel = 0; channel < channels; channel++, to++) {
        const sum =
          samples[(top + left) * channels + channel]! +
          samples[(top + right) * channels + channel]! +
          samples[(bottom + left) * channels + channel]! +
          samples[(bottom + right) * channels + channel]!
        half[to] = whole ? (sum + 2) >> 2 : sum / 4
      }
    }
  }
}

function emptyLike(samples: Samples, length: number): Samples {
  if (samples instanceof Uint8Array) return new Uint8Array(length)
  if (samples instanceof Uint16Array) return new Uint16Array(length)
  if (samples instanceof Int16Array) return new Int16Array(length)
  return new Float32Array(length)
}
