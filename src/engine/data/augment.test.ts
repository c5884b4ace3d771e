import { expect, test } from 'vitest'
import { Augmentation } from '../../shared/domain/training.ts'
import { augmentNames, lowerAugmentation } from '../graph/augment.ts'
import { GraphBuilder } from '../graph/graphBuilder.ts'
import { Session } from '../graph/session.ts'
import { drawAugmentation, transformOf, unmoved, type Move } from './augment.ts'
import { randomStream } from './random.ts'

const size = { rows: 4, columns: 6 }
const numbers = (move: Partial<Move>, of = size) =>
  Array.from(transformOf({ ...unmoved, ...move }, of), (value) => Number(value.toFixed(6)) + 0)

test('each change alone is a matrix that can be written down', () => {
  expect(numbers({})).toEqual([1, 0, 0, 0, 1, 0, 0, 0])
  // Output column x shows input column 5 − x.
  expect(numbers({ flipHorizontal: true })).toEqual([-1, 0, 5, 0, 1, 0, 0, 0])
  expect(numbers({ flipVertical: true })).toEqual([1, 0, 0, 0, -1, 3, 0, 0])
  // About the centre (2.5, 1.5): x' = 2 (x − 2.5) + 2.5 = 2x − 2.5.
  expect(numbers({ zoomX: 2 })).toEqual([2, 0, -2.5, 0, 1, 0, 0, 0])
  expect(numbers({ shiftX: 2, shiftY: -1 })).toEqual([1, 0, 2, 0, 1, -1, 0, 0])
  // A quarter turn about (1, 1): x' = y, y' = 2 − x.
  expect(numbers({ rotation: Math.PI / 2 }, { rows: 3, columns: 3 })).toEqual([
    0, 1, 0, -1, 0, 2, 0, 0,
  ])
  // Keras shears rows: y' = y − sin(30°) (x − 2.5), x' = cos(30°) (x − 2.5) + 2.5.
  expect(numbers({ shear: Math.PI / 6 })).toEqual([0.866025, 0, 0.334936, -0.5, 1, 1.25, 0, 0])
})

test("a joint move is Keras' matrix", () => {
  // keras.preprocessing.image's product for theta 10°, tx 3, ty −2, shear 5°, zx 1.1, zy 0.9 on 100 × 80,
  // written for (row, column): R · S · H · Z about (49.5, 39.5).
  const [theta, shear] = [(10 * Math.PI) / 180, (5 * Math.PI) / 180]
  const multiply = (a: number[][], b: number[][]) =>
    a.map((row) =>
      b[0]!.map((_, column) => row.reduce((sum, v, at) => sum + v * b[at]![column]!, 0)),
    )
  const rotation = [
    [Math.cos(theta), -Math.sin(theta), 0],
    [Math.sin(theta), Math.cos(theta), 0],
    [0, 0, 1],
  ]
  const shift = [
    [1, 0, 3],
    [0, 1, -2],
    [0, 0, 1],
  ]
  const shearing = [
    [1, -Math.sin(shear), 0],
    [0, Math.cos(shear), 0],
    [0, 0, 1],
  ]
  const zoom = [
    [1.1, 0, 0],
    [0, 0.9, 0],
    [0, 0, 1],
  ]
  const toCentre = (sign: number) => [
    [1, 0, sign * 49.5],
    [0, 1, sign * 39.5],
    [0, 0, 1],
  ]
  const keras = [toCentre(1), rotation, shift, shearing, zoom, toCentre(-1)].reduce(multiply)
  const [[rr, rc, r0], [cr, cc, c0]] = keras as [number[], number[], number[]]
  const found = transformOf(
    { ...unmoved, rotation: theta, shear, shiftY: 3, shiftX: -2, zoomY: 1.1, zoomX: 0.9 },
    { rows: 100, columns: 80 },
  )
  const expected = [cc!, cr!, c0!, rc!, rr!, r0!, 0, 0]
  expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 4))
})

test('TensorFlow moves a film as the matrix says', () => {
  const graph = new GraphBuilder()
  lowerAugmentation(graph, size.rows, size.columns)
  const session = new Session(graph.savedModel())
  const film = Float32Array.from({ length: 24 }, (_, at) => at)
  const moved = (move: Partial<Move>) => {
    const feeds = new Map([
      [augmentNames.image, { shape: [1, 4, 6, 1], values: film }],
      [
        augmentNames.transforms,
        { shape: [1, 8], values: transformOf({ ...unmoved, ...move }, size) },
      ],
    ])
    return [...session.read(feeds, [augmentNames.moved('nearest')])[0]!]
  }
  expect(moved({})).toEqual([...film])
  const flipped = [5, 4, 3, 2, 1, 0]
  expect(moved({ flipHorizontal: true })).toEqual(
    [0, 6, 12, 18].flatMap((row) => flipped.map((x) => x + row)),
  )
  // Output column 0 shows input column 1, the last one is repeated.
  expect(moved({ shiftX: 1 }).slice(0, 6)).toEqual([1, 2, 3, 4, 5, 5])
  expect(moved({ shiftY: 1 }).slice(0, 6)).toEqual([6, 7, 8, 9, 10, 11])
  // Zoomed to half the step about 2.5: columns 1.25, 1.75, 2.25 …
  expect(moved({ zoomX: 0.5 }).slice(0, 6)).toEqual([1.25, 1.75, 2.25, 2.75, 3.25, 3.75])
  session.dispose()
})

test('draws keep to their ranges, repeat with the seed, and differ from film to film', () => {
  const wanted = Augmentation.parse({
    flipHorizontal: true,
    zoom: 0.2,
    brightness: 0.1,
    contrast: 0.3,
    gamma: 0.5,
    noise: 0.02,
    cutout: 0.5,
  })
  const draw = (seed: number) => drawAugmentation(wanted, 500, size, randomStream(seed, 'augment'))!
  const { transforms, photometric, cutout, fill } = draw(1)
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1).transforms).not.toEqual(draw(2).transforms)
  expect(fill).toBe('nearest')
  let flips = 0
  for (let film = 0; film < 500; film++) {
    const zoomX = transforms[film * 8]!
    if (zoomX < 0) flips++
    expect(Math.abs(zoomX)).toBeGreaterThanOrEqual(0.8)
    expect(Math.abs(zoomX)).toBeLessThanOrEqual(1.2)
    expect(transforms[film * 8]).not.toBe(transforms[film * 8 + 4])
    const [brightness, contrast, gamma, noise] = photometric!.subarray(film * 4, film * 4 + 4)
    expect(Math.abs(brightness!)).toBeLessThanOrEqual(0.1)
    expect(Math.abs(contrast! - 1)).toBeLessThanOrEqual(0.300001)
    expect(gamma).toBeGreaterThanOrEqual(1 / 1.5 - 1e-6)
    expect(gamma).toBeLessThanOrEqual(1.500001)
    expect(noise).toBeCloseTo(0.02)
    const [top, left, bottom, right] = cutout!.subarray(film * 4, film * 4 + 4)
    expect([bottom! - top! <= 2, right! - left! <= 2, bottom! <= 4, right! <= 6]).not.toContain(
      false,
    )
  }
  expect(Math.abs(flips - 250)).toBeLessThan(50)
})

test('nothing switched on is nothing drawn; what is off is left out', () => {
  const random = randomStream(1, 'x')
  expect(drawAugmentation(Augmentation.parse({}), 2, size, random)).toBeUndefined()
  const flips = drawAugmentation(Augmentation.parse({ flipVertical: true }), 2, size, random)
  expect(Object.keys(flips!)).toEqual(['transforms', 'fill'])
})

test('a varied fill is one of the three, by batches, and leaves the moves as they were', () => {
  const drawn = (fill: Augmentation['fill'], seed: number) =>
    drawAugmentation(Augmentation.parse({ rotation: 5, fill }), 2, size, randomStream(seed, 'x'))!
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)
  const counts = new Map<string, number>()
  for (const seed of seeds) {
    const { fill, transforms } = drawn('varied', seed)
    counts.set(fill, (counts.get(fill) ?? 0) + 1)
    expect(transforms).toEqual(drawn('nearest', seed).transforms)
  }
  expect([...counts.keys()].sort()).toEqual(['constant', 'nearest', 'reflect'])
  expect(Math.min(...counts.values())).toBeGreaterThan(8)
})

test('a range of rotations is in turns, counter-clockwise', () => {
  const quarter = Augmentation.parse({ rotationRange: [0.25, 0.25] })
  const square = { rows: 3, columns: 3 }
  const { transforms } = drawAugmentation(quarter, 1, square, randomStream(1, 'x'))!
  // The middle of the top row shows what was the middle of the right column: x' = 2 − y, y' = x.
  const expected = [0, -1, 2, 1, 0, 0, 0, 0]
  expected.forEach((value, at) => expect(transforms[at]).toBeCloseTo(value, 6))
  const wide = Augmentation.parse({ rotationRange: [0.1, 0.2] })
  const drawn = drawAugmentation(wide, 200, square, randomStream(1, 'x'))!.transforms
  for (let film = 0; film < 200; film++) {
    const turns = Math.atan2(drawn[film * 8 + 3]!, drawn[film * 8]!) / (2 * Math.PI)
    expect(turns).toBeGreaterThanOrEqual(0.0999)
    expect(turns).toBeLessThanOrEqual(0.2001)
  }
  expect(Augmentation.safeParse({ rotationRange: [1.3, 0.1] }).success).toBe(false)
})

test('mixing leaves the other draws as they were, and every film more than half its own', () => {
  const plain = Augmentation.parse({ rotation: 10, noise: 0.1 })
  const draw = (wanted: Augmentation) =>
    drawAugmentation(wanted, 200, size, randomStream(1, 'augment'))!
  const { ownShares, ...others } = draw({ ...plain, mixup: 0.4 })
  expect(others).toEqual(draw(plain))
  expect(ownShares!.every((share) => share >= 0.5 && share <= 1)).toBe(true)
  expect(new Set(ownShares).size).toBeGreaterThan(150)
})
