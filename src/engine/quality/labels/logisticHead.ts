/** Multinomial logistic regression with an L2 penalty: a model that is convex, quick and the same for every start. */
import { throwIfCancelled } from '../../../shared/errors.ts'
import { turnOfTheLoop } from '../../../files/turnOfTheLoop.ts'

export interface LabelledPoints {
  /** One row a film, all of one length. */
  readonly points: readonly Float32Array[]
  /** Classes, from 0. */
  readonly labels: readonly number[]
  readonly classes: number
}

export interface LogisticHead {
  /** [classes, features + 1], the constant last. */
  readonly weights: Float64Array
  readonly classes: number
}

/** Steps at most; the gradient is small long before. */
const MOST_STEPS = 500
/** Of the gradient of the mean loss: what is left of it moves no probability in its third digit. */
const ENOUGH = 1e-5

/**
 * The minimum of mean cross-entropy + penalty/2 · |weights|² (the constants are not penalised), by Nesterov's
 * accelerated gradient with restarts (O'Donoghue and Candès 2015), its step from a bound of the curvature. As
 * scikit-learn's LogisticRegression with C = 1 / (penalty · films). Throws CANCELLED.
 */
export async function fitLogistic(
  { points, labels, classes }: LabelledPoints,
  penalty: number,
  signal: AbortSignal,
): Promise<LogisticHead> {
  const width = points[0]!.length + 1
  const step = 1 / (curvature(points) / 2 + penalty)
  let weights: Float64Array = new Float64Array(classes * width)
  let ahead: Float64Array = weights.slice()
  let momentum = 1
  for (let count = 0; count < MOST_STEPS; count++) {
    await turnOfTheLoop()
    throwIfCancelled(signal)
    const slope = gradient({ points, labels, classes }, ahead, penalty)
    if (slope.every((value) => Math.abs(value) < ENOUGH)) break
    const next = ahead.map((value, at) => value - step * slope[at]!)
    const turnsBack = slope.reduce((sum, value, at) => sum + value * (next[at]! - weights[at]!), 0)
    const following = turnsBack > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    const pull = turnsBack > 0 ? 0 : (momentum - 1) / following
    ahead = next.map((value, at) => value + pull * (value - weights[at]!))
    weights = next
    momentum = following
  }
  return { weights: ahead, classes }
}

/** One probability a class. */
export function predictLogistic({ weights, classes }: LogisticHead, point: Float32Array) {
  const probabilities = new Float64Array(classes)
  fill(probabilities, weights, point)
  return probabilities
}

/** Softmax of the scores; the largest is taken off first, so that none overflows. */
function fill(probabilities: Float64Array, weights: Float64Array, point: Float32Array): void {
  const width = point.length + 1
  let highest = -Infinity
  for (let label = 0; label < probabilities.length; label++) {
    const row = label * width
    let score = weights[row + width - 1]!
    for (let at = 0; at < point.length; at++) score += weights[row + at]! * point[at]!
    probabilities[label] = score
    if (score > highest) highest = score
  }
  let sum = 0
  for (let label = 0; label < probabilities.length; label++)
    sum += probabilities[label] = Math.exp(probabilities[label]! - highest)
  for (let label = 0; label < probabilities.length; label++) probabilities[label]! /= sum
}

function gradient(
  { points, labels, classes }: LabelledPoints,
  weights: Float64Array,
  penalty: number,
): Float64Array {
  const width = points[0]!.length + 1
  const slope = new Float64Array(weights.length)
  const probabilities = new Float64Array(classes)
  for (const [film, point] of points.entries()) {
    fill(probabilities, weights, point)
    for (let label = 0; label < classes; label++) {
      const error = (probabilities[label]! - Number(labels[film] === label)) / points.length
      const row = label * width
      for (let at = 0; at < point.length; at++) slope[row + at]! += error * point[at]!
      slope[row + width - 1]! += error
    }
  }
  for (let at = 0; at < slope.length; at++)
    if (at % width !== width - 1) slope[at]! += penalty * weights[at]!
  return slope
}

/** Largest eigenvalue of the points' second moments with a constant, by power iteration; a little above, to be safe. */
function curvature(points: readonly Float32Array[]): number {
  const width = points[0]!.length + 1
  let direction = new Float64Array(width).fill(1 / Math.sqrt(width))
  let size = 0
  for (let round = 0; round < 12; round++) {
    const image = new Float64Array(width)
    for (const point of points) {
      let product = direction[width - 1]!
      for (let at = 0; at < point.length; at++) product += direction[at]! * point[at]!
      product /= points.length
      for (let at = 0; at < point.length; at++) image[at]! += product * point[at]!
      image[width - 1]! += product
    }
    size = Math.hypot(...image)
    direction = image.map((value) => value / size)
  }
  return 1.1 * size
}
