/** Distance from the middle of a cloud of points, in the cloud's own deviations. */

export interface Cloud {
  readonly mean: Float64Array
  /** Lower triangular [size, size]: its product with (x − mean) has unit covariance. */
  readonly whitening: Float64Array
  /** Share of a round cloud that was mixed in, so that few films suffice. */
  readonly shrinkage: number
}

/**
 * Mean and covariance of points of one length, the covariance shrunk towards a multiple of the identity as Ledoit and
 * Wolf 2004 («A well-conditioned estimator for large-dimensional covariance matrices») choose it.
 */
export function fitCloud(points: readonly Float32Array[]): Cloud {
  const size = points[0]!.length
  const mean = new Float64Array(size)
  for (const point of points) point.forEach((value, at) => (mean[at]! += value / points.length))
  const centred = points.map((point) => Float64Array.from(point, (value, at) => value - mean[at]!))
  const covariance = covarianceOf(centred, size)
  const { shrunk, shrinkage } = shrink(covariance, centred, size)
  return { mean, whitening: inverseLower(cholesky(shrunk, size), size), shrinkage }
}

/** The point in the cloud's own coordinates: without its mean, every direction at deviation 1. */
export function whitened(
  { mean, whitening }: { readonly mean: ArrayLike<number>; readonly whitening: ArrayLike<number> },
  point: Float32Array,
): Float32Array {
  const size = point.length
  return Float32Array.from(point, (_, row) => {
    let value = 0
    for (let column = 0; column <= row; column++)
      value += whitening[row * size + column]! * (point[column]! - mean[column]!)
    return value
  })
}

/** Root mean square of whitened coordinates: about 1 for a point like those that the cloud was fitted on. */
export const distanceOf = (coordinates: Float32Array): number =>
  Math.sqrt(coordinates.reduce((sum, value) => sum + value * value, 0) / coordinates.length)

function covarianceOf(centred: readonly Float64Array[], size: number): Float64Array {
  const covariance = new Float64Array(size * size)
  for (const point of centred)
    for (let row = 0; row < size; row++) {
      const factor = point[row]! / centred.length
      for (let column = 0; column <= row; column++)
        covariance[row * size + column]! += factor * point[column]!
    }
  for (let row = 0; row < size; row++)
    for (let column = 0; column < row; column++)
      covariance[column * size + row] = covariance[row * size + column]!
  return covariance
}

function shrink(covariance: Float64Array, centred: readonly Float64Array[], size: number) {
  const count = centred.length
  let trace = 0
  for (let at = 0; at < size; at++) trace += covariance[at * size + at]!
  const middle = trace / size
  const squares = covariance.reduce((sum, value) => sum + value * value, 0)
  // d² and b² of the paper, with the mean over the entries.
  const spread = squares / size - middle * middle
  const fourth = centred.reduce((sum, point) => {
    const length = point.reduce((total, value) => total + value * value, 0)
    return sum + length * length
  }, 0)
  const noise = (fourth / count - squares) / size / count
  const shrinkage = spread > 0 ? Math.min(1, Math.max(0, noise / spread)) : 1
  // A cloud without any spread is no cloud; this keeps its factor finite.
  const least = Math.max(middle, 1e-12) * 1e-6
  const shrunk = covariance.map((value, at) => {
    const isDiagonal = Math.floor(at / size) === at % size
    return (1 - shrinkage) * value + (isDiagonal ? shrinkage * middle + least : 0)
  })
  return { shrunk, shrinkage }
}

/** Lower triangular L with L·Lᵀ = matrix. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!
      for (let at = 0; at < column; at++)
        sum -= lower[row * size + at]! * lower[column * size + at]!
      lower[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / lower[column * size + column]! // prettier-ignore
    }
  return lower
}

function inverseLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / lower[column * size + column]!
    for (let row = column + 1; row < size; row++) {
      let sum = 0
      for (let at = column; at < row; at++)
        sum += lower[row * size + at]! * inverse[at * size + column]!
      inverse[row * size + column] = -sum / lower[row * size + row]!
    }
  }
  return inverse
}
