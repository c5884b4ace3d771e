import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AugmentedBatch, FilmBatch, Network } from './network.ts'
import { openNetwork, smallSpec } from './testing/smallNetwork.ts'

const HEIGHT = 4
const WIDTH = 5
const still = [1, 0, 0, 0, 1, 0, 0, 0]

/**
 * With weights of zero, the gradient of the last kernel is −½ × the film (label 1), so that a step of learning rate 2
 * leaves the film itself in the kernel: what the network saw.
 */
const spec = smallSpec(
  [
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid', kernelInitializer: 'zeros' },
  ],
  { input: { height: HEIGHT, width: WIDTH, channels: 1 }, optimiser: { kind: 'sgd' } },
)
let network: Network
beforeAll(() => {
  network = openNetwork(spec, { scale: 'none' })
})
afterAll(() => {
  network.dispose()
})

const film = (value: (x: number, y: number) => number): FilmBatch => ({
  count: 1,
  channels: 1,
  pixels: Uint8Array.from({ length: HEIGHT * WIDTH }, (_, at) => value(at % WIDTH, Math.floor(at / WIDTH))), // prettier-ignore
})

interface Changes {
  readonly transform?: readonly number[]
  readonly fill?: AugmentedBatch['fill']
  readonly photometric?: readonly number[]
  readonly cutout?: readonly number[]
}

/** Rows of the film as the network saw it. */
function seen(films: FilmBatch, changes: Changes, seed = 1): number[][] {
  network.writeWeights(network.readWeights('current').map((array) => ({ ...array, values: array.values.map(() => 0) }))) // prettier-ignore
  const { transform = still, fill = 'nearest', photometric, cutout } = changes
  const augmentation: AugmentedBatch = {
    transforms: Float32Array.from(transform),
    fill,
    ...(photometric && { photometric: Float32Array.from(photometric) }),
    ...(cutout && { cutout: Float32Array.from(cutout) }),
  }
  network.trainStep({ films, labels: Int32Array.of(1), seed, augmentation }, 2)
  const values = [...network.readWeights('current')[0]!.values]
  return Array.from({ length: HEIGHT }, (_, y) => values.slice(y * WIDTH, (y + 1) * WIDTH))
}

const steps = film((x, y) => 10 * x + 50 * y)

test('no change leaves the film as it is', () => {
  expect(seen(steps, {})[1]).toEqual([50, 60, 70, 80, 90])
})

test('a mirrored film is the same from bytes as from the graph', () => {
  const bytes = seen(steps, { transform: [-1, 0, WIDTH - 1, 0, 1, 0, 0, 0] })
  // A shear too small to see sends it through the graph.
  const graph = seen(steps, { transform: [-1, 1e-7, WIDTH - 1, 0, 1, 0, 0, 0] })
  expect(bytes[0]).toEqual([40, 30, 20, 10, 0])
  graph.flat().forEach((value, at) => {
    expect(value).toBeCloseTo(bytes.flat()[at]!, 3)
  })
})

test('a shift takes pixels from where the transform points, half way between two', () => {
  expect(seen(steps, { transform: [1, 0, 1.5, 0, 1, 0, 0, 0] })[0]).toEqual([15, 25, 35, 40, 40])
})

const fills: [AugmentedBatch['fill'], number[]][] = [
  ['nearest', [20, 30, 40, 40, 40]],
  ['reflect', [20, 30, 40, 40, 30]],
  ['constant', [20, 30, 40, 0, 0]],
]

test.each(fills)('what was moved in is filled by %s', (fill, row) => {
  expect(seen(steps, { transform: [1, 0, 2, 0, 1, 0, 0, 0], fill })[0]).toEqual(row)
})

test('brightness adds a share of the full range and stops at white', () => {
  const [row] = seen(
    film((x) => 60 * x),
    { photometric: [0.2, 1, 1, 0] },
  )
  ;[51, 111, 171, 231, 255].forEach((value, at) => {
    expect(row![at]).toBeCloseTo(value, 3)
  })
})

test("contrast stretches about the film's mean, and gamma bends", () => {
  const ramp = film((x) => 50 * x)
  const stretched = seen(ramp, { photometric: [0, 1.5, 1, 0] })[0]!
  ;[0, 25, 100, 175, 250].forEach((value, at) => {
    expect(stretched[at]).toBeCloseTo(value, 3)
  })
  const bent = seen(ramp, { photometric: [0, 1, 2, 0] })[0]!
  ;[0, 50, 100, 150, 200].forEach((value, at) => {
    expect(bent[at]).toBeCloseTo(255 * (value / 255) ** 2, 3)
  })
})

test('noise repeats by its seed and has the deviation asked for', () => {
  const grey = film(() => 128)
  const noisy = seen(grey, { photometric: [0, 1, 1, 0.1] }, 7).flat()
  expect(seen(grey, { photometric: [0, 1, 1, 0.1] }, 7).flat()).toEqual(noisy)
  expect(seen(grey, { photometric: [0, 1, 1, 0.1] }, 8).flat()).not.toEqual(noisy)
  const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - 128) ** 2, 0) / 20) / 255
  // 20 draws: within 35 % or so.
  expect(deviation).toBeGreaterThan(0.05)
  expect(deviation).toBeLessThan(0.15)
})

test('a cut-out is black from top and left to before bottom and right', () => {
  expect(
    seen(
      film(() => 9),
      { cutout: [1, 2, 3, 4] },
    ),
  ).toEqual([
    [9, 9, 9, 9, 9],
    [9, 9, 0, 0, 9],
    [9, 9, 0, 0, 9],
    [9, 9, 9, 9, 9],
  ])
})

test('each film of a batch that is split into pieces has its own changes', () => {
  const split = openNetwork(spec, { scale: 'none', memoryBudgetBytes: 1 })
  split.writeWeights(split.readWeights('current').map((array) => ({ ...array, values: array.values.map(() => 0) }))) // prettier-ignore
  const films = { count: 2, channels: 1, pixels: new Uint8Array(40).fill(4) } as const
  const augmentation: AugmentedBatch = {
    transforms: Float32Array.from([...still, ...still]),
    fill: 'nearest',
    cutout: Float32Array.from([0, 0, 1, 5, 0, 0, 4, 1]),
  }
  split.trainStep({ films, labels: Int32Array.of(1, 1), seed: 1, augmentation }, 2)
  // Half of each film: the first without its first row, the second without its first column.
  expect([...split.readWeights('current')[0]!.values]).toEqual([
    0, 2, 2, 2, 2, 2, 4, 4, 4, 4, 2, 4, 4, 4, 4, 2, 4, 4, 4, 4,
  ])
  split.dispose()
})
