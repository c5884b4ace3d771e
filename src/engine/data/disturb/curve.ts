import type { Plane } from './plane.ts'

/**
 * An S-shaped or (exponent below 1) inverse curve of grey values about `middle` (0–1), as printing and copying make
 * them: m·(q/m)^g below the middle and 1 − (1 − m)·((1 − q)/(1 − m))^g above it.
 */
export function curved(plane: Plane, middle: number, exponent: number): Plane {
  const table = Uint8Array.from({ length: 256 }, (_, value) => {
    const share = value / 255
    const bent =
      share < middle
        ? middle * (share / middle) ** exponent
        : 1 - (1 - middle) * ((1 - share) / (1 - middle)) ** exponent
    return Math.round(255 * bent)
  })
  return { ...plane, pixels: plane.pixels.map((value) => table[value]!) }
}
