/** Pictures that are none of the films that a network is made for, made of such films. */
import type { View } from '../../shared/domain/envelope.ts'
import { cut, interleave, planesOf, type Plane } from '../data/disturb/plane.ts'
import { below, randomStream, type Random } from '../data/random.ts'
import { shuffledOrder } from '../data/shuffle.ts'
import type { FilmBatch } from '../graph/network.ts'
import { upright } from '../images/orientation.ts'
import { resizeBilinear, type Size } from '../images/resize.ts'

/** One stranger of a plane. Channels of a film are changed alike, by the same draws. */
export type Estrange = (plane: Plane, random: Random) => Plane

export const strangers: readonly (readonly [Exclude<View, 'usual'>, Estrange])[] = [
  ['turned', (plane) => turned(plane, 90)],
  ['turned', (plane) => turned(plane, 270)],
  ['upsideDown', (plane) => turned(plane, 180)],
  ['negative', negative],
  ['sideHalf', (plane) => piece(plane, 0, 0, 1, 0.5)],
  ['lowerHalf', (plane) => piece(plane, 0.5, 0, 0.5, 1)],
  ['part', (plane) => piece(plane, 0, 0, 0.4, 0.4)],
  ['part', (plane) => piece(plane, 0.6, 0.6, 0.4, 0.4)],
  ['disorder', disordered],
]

/** Every film of the batch made a stranger in one way, at the size of the film. */
export function estranged(
  films: FilmBatch,
  size: Size,
  estrange: Estrange,
  random: Random,
): FilmBatch {
  const { count, channels } = films
  const length = size.rows * size.columns * channels
  const pixels = new Uint8Array(films.pixels.length)
  for (let film = 0; film < count; film++) {
    const [from, seed] = [film * length, below(random, 2 ** 31 - 1)]
    const planes = planesOf(films.pixels.subarray(from, from + length), size, channels)
    const made = planes.map((plane) => {
      const stranger = estrange(plane, randomStream(seed, 'stranger'))
      return { ...size, pixels: resizeBilinear(stranger.pixels, stranger, size, 1) }
    })
    interleave(made, pixels, from)
  }
  return { count, channels, pixels }
}

export function negative(plane: Plane): Plane {
  return { ...plane, pixels: plane.pixels.map((value) => 255 - value) }
}

/** Clockwise, by degrees; rows and columns change places but for 180. */
export function turned({ rows, columns, pixels }: Plane, degrees: 90 | 180 | 270): Plane {
  const orientation = ({ 90: 6, 180: 3, 270: 8 } as const)[degrees]
  const seen = upright({ rows, columns, channels: 1, samples: pixels }, orientation)
  return { rows: seen.rows, columns: seen.columns, pixels: Uint8Array.from(seen.samples) }
}

export function disordered(plane: Plane, random: Random): Plane {
  const order = shuffledOrder(plane.pixels.length, random)
  return { ...plane, pixels: Uint8Array.from(order, (at) => plane.pixels[at]!) }
}

/** All numbers are shares of the plane's sides. */
export function piece(
  plane: Plane,
  top: number,
  left: number,
  height: number,
  width: number,
): Plane {
  const { rows, columns } = plane
  return cut(plane, {
    rows: Math.max(1, Math.floor(rows * height)),
    columns: Math.max(1, Math.floor(columns * width)),
    top: Math.floor(rows * top),
    left: Math.floor(columns * left),
  })
}
