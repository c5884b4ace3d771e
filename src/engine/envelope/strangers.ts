/** Pictures that are none of the films that a network is made for, made of such films. */
import type { View } from '../../shared/domain/envelope.ts'
import type { Plane } from '../data/disturb/plane.ts'
import { interleave, planesOf } from '../data/disturb/plane.ts'
import { below, randomStream, type Random } from '../data/random.ts'
import { shuffledOrder } from '../data/shuffle.ts'
import type { FilmBatch } from '../graph/network.ts'
import { resizeBilinear, type Size } from '../images/resize.ts'

/** One stranger of a plane, of the same size. Channels of a film are changed alike, by the same draws. */
type Estrange = (plane: Plane, random: Random) => Plane

export const strangers: readonly (readonly [Exclude<View, 'usual'>, Estrange])[] = [
  ['turned', quarterTurn],
  ['turned', (plane) => quarterTurn(halfTurn(plane))],
  ['upsideDown', halfTurn],
  ['negative', (plane) => ({ ...plane, pixels: plane.pixels.map((value) => 255 - value) })],
  ['sideHalf', (plane) => enlarged(plane, 0, 0, 1, 0.5)],
  ['lowerHalf', (plane) => enlarged(plane, 0.5, 0, 0.5, 1)],
  ['part', (plane) => enlarged(plane, 0, 0, 0.4, 0.4)],
  ['part', (plane) => enlarged(plane, 0.6, 0.6, 0.4, 0.4)],
  ['disorder', disordered],
]

/** Every film of the batch made a stranger in one way. */
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
    const made = planes.map((plane) => estrange(plane, randomStream(seed, 'stranger')))
    interleave(made, pixels, from)
  }
  return { count, channels, pixels }
}

function halfTurn({ rows, columns, pixels }: Plane): Plane {
  return { rows, columns, pixels: Uint8Array.from(pixels).reverse() }
}

/** Clockwise, and back to the film's own size. */
function quarterTurn({ rows, columns, pixels }: Plane): Plane {
  const turned = new Uint8Array(pixels.length)
  for (let row = 0; row < columns; row++)
    for (let column = 0; column < rows; column++)
      turned[row * rows + column] = pixels[(rows - 1 - column) * columns + row]!
  const size = { rows, columns }
  return { ...size, pixels: resizeBilinear(turned, { rows: columns, columns: rows }, size, 1) }
}

function disordered(plane: Plane, random: Random): Plane {
  const order = shuffledOrder(plane.pixels.length, random)
  return { ...plane, pixels: Uint8Array.from(order, (at) => plane.pixels[at]!) }
}

/** A piece of the film at the size of the whole; all numbers are shares of its sides. */
function enlarged(
  { rows, columns, pixels }: Plane,
  top: number,
  left: number,
  height: number,
  width: number,
): Plane {
  const piece = {
    rows: Math.max(1, Math.floor(rows * height)),
    columns: Math.max(1, Math.floor(columns * width)),
  }
  const [firstRow, firstColumn] = [Math.floor(rows * top), Math.floor(columns * left)]
  const cut = new Uint8Array(piece.rows * piece.columns)
  for (let row = 0; row < piece.rows; row++) {
    const from = (firstRow + row) * columns + firstColumn
    cut.set(pixels.subarray(from, from + piece.columns), row * piece.columns)
  }
  const size = { rows, columns }
  return { ...size, pixels: resizeBilinear(cut, piece, size, 1) }
}
