/** Soft shapes on numbers. Film coordinates run from −1 to 1: u to the right, v downwards. */
import type { Random } from '../data/random.ts'

/** 0 well below zero, 1 well above, over a soft edge `softness` wide on either side. */
export function smooth(distance: number, softness: number): number {
  if (distance <= -softness) return 0
  if (distance >= softness) return 1
  const share = (distance / softness + 1) / 2
  return share * share * (3 - 2 * share)
}

/** A bell of height 1 that ends at three widths. */
export function bell(distance: number, width: number): number {
  const share = distance / (3 * width)
  const rest = 1 - share * share
  return rest <= 0 ? 0 : rest * rest * rest * rest
}

/** Faster than Math.hypot, which guards against an overflow that film coordinates never reach. */
export const distance = (x: number, y: number): number => Math.sqrt(x * x + y * y)

/** Smooth noise from 0 to 1 around 0.5; `cells` waves across the film. */
export type Noise = (u: number, v: number) => number

/** Value noise: random numbers on a lattice, smoothly joined. */
export function valueNoise(cells: number, random: Random): Noise {
  const side = cells + 2
  const lattice = Float32Array.from({ length: side * side }, () => random.next())
  return (u, v) => {
    // Turned by about 30° and bent, so that no line of the lattice shows; 1.45 keeps all of it inside.
    const bent = 0.05 * Math.sin(7 * u + 5 * v)
    const x = Math.min(Math.max((0.86 * u - 0.5 * v + bent) / 2.9 + 0.5, 0), 1) * cells
    const y = Math.min(Math.max((0.5 * u + 0.86 * v - bent) / 2.9 + 0.5, 0), 1) * cells
    const column = Math.floor(x)
    const row = Math.floor(y)
    const alongX = eased(x - column)
    const alongY = eased(y - row)
    const at = row * side + column
    const top = lattice[at]! + (lattice[at + 1]! - lattice[at]!) * alongX
    const bottom = lattice[at + side]! + (lattice[at + side + 1]! - lattice[at + side]!) * alongX
    return top + (bottom - top) * alongY
  }
}

const eased = (share: number) => share * share * (3 - 2 * share)

/** Thin lines where the noise passes through its middle: 1 on the line, 0 off it. */
export const ridge = (noise: number, sharpness: number): number =>
  Math.max(0, 1 - Math.abs(noise - 0.5) * sharpness)
