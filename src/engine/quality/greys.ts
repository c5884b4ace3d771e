/** How the greys of a film's exposed part are spread, and how quickly they change. */
import type { Box } from '../../shared/domain/quality.ts'
import type { GreyPlane } from './plane.ts'

interface Window {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** In pixels; at least one. */
function windowOf({ rows, columns }: GreyPlane, box: Box): Window {
  const [top, left] = [Math.floor(box.top * rows), Math.floor(box.left * columns)]
  return {
    ...{ top, left },
    bottom: Math.max(top + 1, Math.round(box.bottom * rows)),
    right: Math.max(left + 1, Math.round(box.right * columns)),
  }
}

/** Shares of the box at 0 and at 255, mean and standard deviation (0–1). */
export function spreadOf(plane: GreyPlane, box: Box) {
  const { top, bottom, left, right } = windowOf(plane, box)
  const counts = new Float64Array(256)
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++)
      counts[plane.pixels[row * plane.columns + column]!]!++
  const total = (bottom - top) * (right - left)
  const mean = counts.reduce((sum, count, grey) => sum + count * grey, 0) / total
  const variance = counts.reduce((sum, count, grey) => sum + count * (grey - mean) ** 2, 0) / total
  return {
    clippedBlack: counts[0]! / total,
    clippedWhite: counts[255]! / total,
    mean: mean / 255,
    contrast: Math.sqrt(variance) / 255,
  }
}

/**
 * Natural logarithm of the variance of the Laplacian (4 neighbours; Pech-Pacheco et al. 2000) over the variance of the
 * greys, so that contrast does not count as sharpness; films are compared at one size. Undefined for one grey.
 */
export function sharpnessOf(plane: GreyPlane, box: Box): number | undefined {
  const { pixels, columns } = plane
  const { top, bottom, left, right } = windowOf(plane, box)
  let [count, sum, squares, greySum, greySquares] = [0, 0, 0, 0, 0]
  for (let row = top + 1; row < bottom - 1; row++)
    for (let column = left + 1; column < right - 1; column++) {
      const at = row * columns + column
      const grey = pixels[at]!
      const around = pixels[at - 1]! + pixels[at + 1]! + pixels[at - columns]! + pixels[at + columns]! // prettier-ignore
      const laplacian = around - 4 * grey
      count++
      sum += laplacian
      squares += laplacian * laplacian
      greySum += grey
      greySquares += grey * grey
    }
  const variance = squares / count - (sum / count) ** 2
  const greyVariance = greySquares / count - (greySum / count) ** 2
  // Below one grey squared there is nothing but noise to be sharp.
  return variance > 0 && greyVariance >= 1 ? Math.log(variance / greyVariance) : undefined
}
