import { afterEach, expect, test } from 'vitest'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import { smallSpec, sigmoidHead, openNetwork } from './testing/smallNetwork.ts'
import type { FilmBatch } from './network.ts'
import { held } from './session.ts'

const size = { height: 2, width: 2 }
const before = held()
afterEach(() => {
  expect(held()).toEqual(before)
})

/** What the network is given at one place of its input, read off through a dense layer that looks there alone. */
function inputOf(scale: Scale, films: FilmBatch, channels: 1 | 3): number[] {
  const spec = smallSpec(sigmoidHead, { input: { ...size, channels } })
  const network = openNetwork(spec, { scale, inferenceOnly: true })
  try {
    return Array.from({ length: 4 * channels }, (_, place) => {
      const values = new Float32Array(4 * channels)
      // A sigmoid tells numbers up to some 10 apart well enough.
      values[place] = 1 / 32
      const [kernel, bias] = network.readWeights('current')
      network.writeWeights([
        { ...kernel!, values },
        { ...bias!, values: Float32Array.of(0) },
      ])
      const probability = network.predict(films)[0]!
      return 32 * Math.log(probability / (1 - probability))
    })
  } finally {
    network.dispose()
  }
}

const grey = (...pixels: number[]): FilmBatch => ({
  count: 1,
  channels: 1,
  pixels: Uint8Array.from(pixels),
})
const close = (found: number[], expected: number[]) => {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 3))
}

test('none leaves pixels, unit divides them by 255', () => {
  close(inputOf('none', grey(0, 51, 102, 204), 1), [0, 51, 102, 204])
  close(inputOf('unit', grey(0, 51, 102, 204), 1), [0, 0.2, 0.4, 0.8])
})

test('L2 divides each column, or each row, by its length, and leaves zeros', () => {
  // Columns (3, 4) and (0, 0); rows (3, 0) and (4, 0).
  close(inputOf({ kind: 'l2', axis: 'height' }, grey(3, 0, 4, 0), 1), [0.6, 0, 0.8, 0])
  close(inputOf({ kind: 'l2', axis: 'width' }, grey(30, 40, 0, 0), 1), [0.6, 0.8, 0, 0])
})

test('each film alone is brought to mean 0 and deviation 1; one of a single grey is all 0', () => {
  // Mean 25, deviation √125.
  const spread = Math.sqrt(125)
  const scale = { kind: 'standardise' } as const
  close(inputOf(scale, grey(10, 20, 30, 40), 1), [-15 / spread, -5 / spread, 5 / spread, 15 / spread]) // prettier-ignore
  close(inputOf(scale, grey(7, 7, 7, 7), 1), [0, 0, 0, 0])
})

test('films are centred by what was measured; a deviation below one step counts as one', () => {
  const scale = { kind: 'dataset', measured: { mean: [20], deviation: [10] } } as const
  close(inputOf(scale, grey(0, 20, 30, 40), 1), [-2, 0, 1, 2])
  const still = { kind: 'dataset', measured: { mean: [20], deviation: [0] } } as const
  close(inputOf(still, grey(20, 21, 20, 20), 1), [0, 1, 0, 0])
})

test('a grey film in a network for colour is centred channel by channel', () => {
  const scale = { kind: 'dataset', measured: { mean: [10, 20, 30], deviation: [10, 10, 5] } } as const // prettier-ignore
  const pixel = [1, 0, -2]
  close(inputOf(scale, grey(20, 20, 20, 20), 3), [...pixel, ...pixel, ...pixel, ...pixel])
  const colour: FilmBatch = { ...grey(...Array.from({ length: 4 }, () => [20, 30, 35]).flat()), channels: 3 } // prettier-ignore
  close(inputOf(scale, colour, 3), Array.from({ length: 4 }, () => [1, 1, 1]).flat())
})

/** 8 × 8: the corner, a border of one pixel, and columns of 90 and 110 by turns inside: mean 100, deviation 10. */
const framed = (corner: number, border: number) =>
  Array.from({ length: 64 }, (_, place) => {
    const [row, column] = [Math.floor(place / 8), place % 8]
    if (place === 0) return corner
    const isBorder = row === 0 || row === 7 || column === 0 || column === 7
    return isBorder ? border : column % 2 === 0 ? 90 : 110
  })

/** The corner as the network sees it. */
function cornerOf(...pixels: number[]): number {
  const spec = smallSpec(sigmoidHead, { input: { height: 8, width: 8, channels: 1 } })
  const network = openNetwork(spec, { scale: { kind: 'centre' }, inferenceOnly: true })
  try {
    const [kernel, bias] = network.readWeights('current')
    const values = Float32Array.from({ length: 64 }, (_, at) => Number(at === 0))
    network.writeWeights([
      { ...kernel!, values },
      { ...bias!, values: Float32Array.of(0) },
    ])
    const [score] = network.predict(grey(...pixels))
    return Math.log(score! / (1 - score!))
  } finally {
    network.dispose()
  }
}

test('centre goes by the middle of a film, whatever its border', () => {
  // (110 − 100) / 10.001 · 50/128.
  expect(cornerOf(...framed(110, 0))).toBeCloseTo(0.3906, 4)
  expect(cornerOf(...framed(110, 255))).toBeCloseTo(0.3906, 4)
  expect(cornerOf(...framed(100, 0))).toBeCloseTo(0, 4)
})

test('centre keeps what lies far out between −127/128 and 1, and an even film at 0', () => {
  expect(cornerOf(...framed(255, 0))).toBeCloseTo(1, 4)
  expect(cornerOf(...framed(0, 0))).toBeCloseTo(-127 / 128, 4)
  expect(cornerOf(...new Array<number>(64).fill(77))).toBeCloseTo(0, 4)
})
