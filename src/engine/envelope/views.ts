/** What kind of picture a film is, told by a straight line through its features. */
import type { View } from '../../shared/domain/envelope.ts'
import { fitCloud, whitened } from './mahalanobis.ts'

/** The points of one kind, in the coordinates of the training films' own cloud. */
export type PointsByView = ReadonlyMap<View, readonly Float32Array[]>

/**
 * Linear discriminant analysis (Fisher 1936) with one covariance for all kinds, shrunk as in `fitCloud`, and kinds that
 * are equally likely beforehand. For each kind, in the order of `points`: one factor a coordinate, then a constant; their
 * sums are log-odds against one another.
 */
export function fitViews(points: PointsByView): Float32Array {
  const kinds = [...points.values()]
  const means = kinds.map(meanOf)
  const within = kinds.flatMap((own, kind) =>
    own.map((point) => point.map((value, at) => value - means[kind]![at]!)),
  )
  const cloud = fitCloud(within)
  const rows = means.map((mean) => {
    const factors = transposed(cloud.whitening, whitened(cloud, mean))
    const shift = factors.reduce((sum, factor, at) => sum + factor * mean[at]!, 0)
    return [...factors, -shift / 2]
  })
  return Float32Array.from(rows.flat())
}

/** The log-odds of a point, for each kind but for a constant that they share. */
export function viewScores(numbers: Float32Array, point: Float32Array): number[] {
  const width = point.length + 1
  return Array.from({ length: numbers.length / width }, (_, kind) => {
    const row = numbers.subarray(kind * width, (kind + 1) * width)
    return point.reduce((sum, value, at) => sum + row[at]! * value, row[point.length]!)
  })
}

/** Log-odds of the first kind against all others together. */
export function firstAgainstOthers([first = 0, ...others]: readonly number[]): number {
  const most = Math.max(...others)
  return first - most - Math.log(others.reduce((sum, other) => sum + Math.exp(other - most), 0))
}

function meanOf(points: readonly Float32Array[]): Float32Array {
  const sums = new Float64Array(points[0]!.length)
  for (const point of points) point.forEach((value, at) => (sums[at]! += value))
  return Float32Array.from(sums, (sum) => sum / points.length)
}

/** The transpose of a lower triangular matrix times a vector. */
function transposed(lower: Float64Array, vector: Float32Array): number[] {
  const size = vector.length
  return Array.from({ length: size }, (_, column) => {
    let sum = 0
    for (let row = column; row < size; row++) sum += lower[row * size + column]! * vector[row]!
    return sum
  })
}
