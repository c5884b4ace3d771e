import { afterEach, expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import type { Network } from './network.ts'
import { openNetwork, smallSpec } from './testing/smallNetwork.ts'

let network: Network | undefined
afterEach(() => network?.dispose())

const SIDE = 32
const white = {
  count: 1,
  channels: 3,
  pixels: new Uint8Array(SIDE * SIDE * 3).fill(255),
} as const

/**
 * On a white film and with weights of zero, the gradient of the last kernel is (σ(0) − label) × what dropout left of
 * ones: with label 1 and learning rate 2 the kernel becomes just that.
 */
function leftOfOnes(dropout: LayerInput, seed: number): Float32Array {
  const layers: LayerInput[] = [
    dropout,
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid', kernelInitializer: 'zeros' },
  ]
  const spec = smallSpec(layers, {
    input: { height: SIDE, width: SIDE, channels: 3 },
    optimiser: { kind: 'sgd' },
  })
  network?.dispose()
  network = openNetwork(spec)
  network.trainStep({ films: white, labels: Int32Array.of(1), seed }, 2)
  return network.readWeights('current')[0]!.values
}

test('dropout blanks its share and scales the rest up, so that the mean stays', () => {
  const left = leftOfOnes({ type: 'dropout', rate: 0.25 }, 1)
  expect(new Set(left)).toEqual(new Set([0, Math.fround(1 / 0.75)]))
  const share = left.filter((value) => value === 0).length / left.length
  // 3,072 draws: the deviation of the share is 0.008.
  expect(Math.abs(share - 0.25)).toBeLessThan(0.03)
})

test('a seed repeats its draws, another one differs', () => {
  const dropout: LayerInput = { type: 'dropout', rate: 0.5 }
  expect(leftOfOnes(dropout, 1)).toEqual(leftOfOnes(dropout, 1))
  expect(leftOfOnes(dropout, 1)).not.toEqual(leftOfOnes(dropout, 2))
})

test('spatial dropout blanks whole channels', () => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 12; seed++) {
    const left = leftOfOnes({ type: 'spatialDropout', rate: 0.5 }, seed)
    const pixels = Array.from({ length: SIDE * SIDE }, (_, at) =>
      left.slice(3 * at, 3 * at + 3).join(),
    )
    expect(new Set(pixels).size).toBe(1)
    seen.add(pixels[0]!)
  }
  expect(seen.size).toBeGreaterThan(2)
})

test('the way back goes through the same mask: one weight before it gets the sum of what the kernel gets', () => {
  const layers: LayerInput[] = [
    { type: 'conv2d', filters: 1, kernel: [1, 1], useBias: false, kernelInitializer: 'ones' },
    { type: 'dropout', rate: 0.5 },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid', kernelInitializer: 'ones' },
  ]
  const spec = smallSpec(layers, { optimiser: { kind: 'sgd' } })
  network = openNetwork(spec)
  const films = { count: 1, channels: 1, pixels: new Uint8Array(64).fill(255) } as const
  network.trainStep({ films, labels: Int32Array.of(0), seed: 5 }, 0.001)
  const [before, , after] = network.readWeights('current').map(({ values }) => [...values])
  const kernel = network.readWeights('current')[1]!.values
  const sum = kernel.reduce((total, value) => total + (value - 1), 0)
  expect(after).toHaveLength(1)
  expect(before![0]! - 1).toBeCloseTo(sum, 4)
  expect(sum).toBeLessThan(-0.01)
})

test('prediction leaves dropout out', () => {
  const spec = smallSpec([
    { type: 'dropout', rate: 0.9 },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid', kernelInitializer: 'ones' },
  ])
  network = openNetwork(spec)
  const pixels = new Uint8Array(64)
  pixels[9] = 255
  const [score] = network.predict({ count: 1, channels: 1, pixels })
  expect(score).toBeCloseTo(1 / (1 + Math.exp(-1)), 6)
})
