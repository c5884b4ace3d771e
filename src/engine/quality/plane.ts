import type { Size } from '../images/resize.ts'
import { resizeArea } from '../images/resizeArea.ts'

/** Grey pixels, [rows, columns], 0–255. */
export interface GreyPlane extends Size {
  readonly pixels: Uint8Array
}

/** By means over areas, so that the longest side is at most `longest`; a smaller picture stays as it is. */
export function atMost(plane: GreyPlane, longest: number): GreyPlane {
  const scale = longest / Math.max(plane.rows, plane.columns)
  if (scale >= 1) return plane
  const size = {
    rows: Math.max(1, Math.round(plane.rows * scale)),
    columns: Math.max(1, Math.round(plane.columns * scale)),
  }
  return { ...size, pixels: resizeArea(plane.pixels, plane, size, 1) }
}
