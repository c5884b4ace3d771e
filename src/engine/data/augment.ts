/** Random changes to training films, drawn as plain numbers; the graph applies them. */
import { fills, type Augmentation, type Fill } from '../../shared/domain/training.ts'
import type { AugmentedBatch } from '../graph/network.ts'
import type { Size } from '../images/resize.ts'
import { below, symmetricBeta, uniform, type Random } from './random.ts'

/** One film's move. Angles in radians, shifts in pixels. */
export interface Move {
  readonly rotation: number
  readonly shear: number
  readonly shiftX: number
  readonly shiftY: number
  /** Input pixels per output pixel: above 1 the film looks smaller. */
  readonly zoomX: number
  readonly zoomY: number
  readonly flipHorizontal: boolean
  readonly flipVertical: boolean
}

export const unmoved: Move = {
  rotation: 0,
  shear: 0,
  shiftX: 0,
  shiftY: 0,
  zoomX: 1,
  zoomY: 1,
  flipHorizontal: false,
  flipVertical: false,
}

/**
 * Draws changes for `count` films of one size; undefined when nothing is switched on. Every film takes the
 * same number of draws whatever is switched on, so switching one thing on leaves the others as they were; a varied fill
 * and mixing, whose draws vary, come last.
 */
export function drawAugmentation(
  augmentation: Augmentation,
  count: number,
  size: Size,
  random: Random,
): AugmentedBatch | undefined {
  if (!isOn(augmentation)) return undefined
  const { brightness, contrast, gamma, noise, cutout, mixup, fill } = augmentation
  const transforms = new Float32Array(count * 8)
  const photometric = new Float32Array(count * 4)
  const squares = new Float32Array(count * 4)
  for (let film = 0; film < count; film++) {
    transforms.set(transformOf(drawMove(augmentation, size, random), size), film * 8)
    const range = Math.log(1 + gamma)
    photometric.set(
      [
        uniform(random, -brightness, brightness),
        uniform(random, 1 - contrast, 1 + contrast),
        Math.exp(uniform(random, -range, range)),
        noise,
      ],
      film * 4,
    )
    squares.set(drawSquare(cutout, size, random), film * 4)
  }
  return {
    transforms,
    fill: fill === 'varied' ? drawFill(random) : fill,
    ...(brightness + contrast + gamma + noise > 0 && { photometric }),
    ...(cutout > 0 && { cutout: squares }),
    ...(mixup > 0 && { ownShares: drawOwnShares(mixup, count, random) }),
  }
}

const drawFill = (random: Random): Fill => fills[below(random, fills.length)]!

const isOn = (on: Augmentation) =>
  on.flipHorizontal ||
  on.flipVertical ||
  on.rotationRange !== undefined ||
  on.rotation +
    on.shear +
    on.zoom +
    on.scale +
    on.aspect +
    on.shift +
    on.brightness +
    on.contrast +
    on.gamma +
    on.noise +
    on.cutout +
    on.mixup >
    0

function drawMove(augmentation: Augmentation, { rows, columns }: Size, random: Random): Move {
  const { rotation, rotationRange, shear, zoom, shift, scale, aspect } = augmentation
  const either = (limit: number) => uniform(random, -limit, limit)
  const move = {
    rotation: rotationRange
      ? // A film turns clockwise by a positive angle here, as its rows count downwards.
        -2 * Math.PI * uniform(random, ...rotationRange)
      : (either(rotation) * Math.PI) / 180,
    shear: either(shear),
    shiftX: either(shift) * columns,
    shiftY: either(shift) * rows,
    zoomX: 1 + either(zoom),
    zoomY: 1 + either(zoom),
    flipHorizontal: random.next() < 0.5 && augmentation.flipHorizontal,
    flipVertical: random.next() < 0.5 && augmentation.flipVertical,
  }
  // As factors, so that half as large is as likely as twice as large.
  const size = Math.exp(either(Math.log(1 + scale)))
  const stretch = Math.exp(either(Math.log(1 + aspect)) / 2)
  return { ...move, zoomX: (move.zoomX * size) / stretch, zoomY: move.zoomY * size * stretch }
}

/** A 2×3 matrix [a b c; d e f] on (x, y, 1). */
type Affine = readonly [number, number, number, number, number, number]

/**
 * The eight numbers [a0 a1 a2 b0 b1 b2 c0 c1] that lead from an output pixel (x, y) to the input pixel it
 * shows, x' = a0 x + a1 y + a2, y' = b0 x + b1 y + b2, as ImageProjectiveTransformV3 wants them; c0 = c1 = 0.
 *
 * The move is that of Keras' ImageDataGenerator (`apply_affine_transform`: rotation · shift · shear · zoom
 * about the centre (side − 1) / 2, then the flips), whose matrices stand for (row, column) pairs: with x and y
 * exchanged they read as below.
 */
export function transformOf(move: Move, { rows, columns }: Size): Float32Array {
  const { rotation, shear, shiftX, shiftY, zoomX, zoomY } = move
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)]
  const centreX = (columns - 1) / 2
  const centreY = (rows - 1) / 2
  const steps: Affine[] = [
    [1, 0, centreX, 0, 1, centreY],
    [cos, sin, 0, -sin, cos, 0],
    [1, 0, shiftX, 0, 1, shiftY],
    [Math.cos(shear), 0, 0, -Math.sin(shear), 1, 0],
    [zoomX, 0, 0, 0, zoomY, 0],
    [move.flipHorizontal ? -1 : 1, 0, 0, 0, move.flipVertical ? -1 : 1, 0],
    [1, 0, -centreX, 0, 1, -centreY],
  ]
  return Float32Array.of(...steps.reduce(product), 0, 0)
}

/** First the second matrix, then the first. */
function product(a: Affine, b: Affine): Affine {
  return [
    a[0] * b[0] + a[1] * b[3],
    a[0] * b[1] + a[1] * b[4],
    a[0] * b[2] + a[1] * b[5] + a[2],
    a[3] * b[0] + a[4] * b[3],
    a[3] * b[1] + a[4] * b[4],
    a[3] * b[2] + a[4] * b[5] + a[5],
  ]
}

/**
 * Top, left, bottom, right of a square whose centre may lie anywhere, cut at the film's edges (DeVries and
 * Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", 2017). The side is a share
 * of the film's shorter one.
 */
function drawSquare(share: number, { rows, columns }: Size, random: Random): number[] {
  const side = Math.round(share * Math.min(rows, columns))
  const top = Math.floor(uniform(random, 0, rows)) - Math.floor(side / 2)
  const left = Math.floor(uniform(random, 0, columns)) - Math.floor(side / 2)
  if (side === 0) return [0, 0, 0, 0]
  return [
    Math.max(0, top),
    Math.max(0, left),
    Math.min(rows, top + side),
    Math.min(columns, left + side),
  ]
}

/** The greater of s and 1 − s for every film: which film of a pair is called the first is chance anyhow. */
function drawOwnShares(alpha: number, count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => {
    const share = symmetricBeta(random, alpha)
    return Math.max(share, 1 - share)
  })
}
