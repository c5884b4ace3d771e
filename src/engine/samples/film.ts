/** One synthetic film: a patient, positioned, exposed and marked. */
import { normal, randomStream, uniform, type Random } from '../data/random.ts'
import { breathing, type Anatomy } from './anatomy.ts'
import { burnIn } from './burnIn.ts'
import { paintChest } from './chest.ts'
import type { Opacity } from './opacity.ts'

/** Enough grains that no pattern shows; they are drawn from at a random place for each line. */
const grains = ((random: Random) => Float32Array.from({ length: 16_384 }, () => normal(random)))(
  randomStream(1, 'grain'),
)

/**
 * [size, size] grey pixels, 0–255. What varies from film to film (breathing, position, exposure, grain) is
 * drawn in the same way whether there is an opacity or not.
 */
export function paintFilm(
  anatomy: Anatomy,
  opacity: Opacity | undefined,
  size: number,
  random: Random,
): Uint8Array {
  const breathed = breathing(anatomy, uniform(random, -1, 1))
  const chest = paintChest(breathed, opacity, size, random)
  const pixels = expose(positioned(chest, size, random), size, random)
  burnIn(pixels, size)
  return pixels
}

/** Turned by up to 4°, shifted and seen from nearer or farther; bilinear. */
function positioned(field: Float32Array, size: number, random: Random): Float32Array {
  const angle = (uniform(random, -4, 4) * Math.PI) / 180
  const scale = uniform(random, 0.92, 1.04)
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  const shiftX = uniform(random, -0.04, 0.04) * size
  const shiftY = uniform(random, -0.04, 0.04) * size
  const centre = (size - 1) / 2
  const result = new Float32Array(size * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const fromX = cos * (x - centre) - sin * (y - centre) + centre + shiftX
      const fromY = sin * (x - centre) + cos * (y - centre) + centre + shiftY
      result[y * size + x] = sample(field, size, fromX, fromY)
    }
  }
  return result
}

/** Bilinear between pixels; beyond the edge the nearest one. */
function sample(field: Float32Array, size: number, x: number, y: number): number {
  const inX = Math.min(Math.max(x, 0), size - 1.001)
  const inY = Math.min(Math.max(y, 0), size - 1.001)
  const column = Math.floor(inX)
  const at = Math.floor(inY) * size + column
  const alongX = inX - column
  const alongY = inY - Math.floor(inY)
  const top = field[at]! + (field[at + 1]! - field[at]!) * alongX
  const bottom = field[at + size]! + (field[at + size + 1]! - field[at + size]!) * alongX
  return top + (bottom - top) * alongY
}

/** Steps of the film curve between no light and twice the full one. */
const CURVE_STEPS = 2048

/** Film curve, exposure, collimator edges and quantum grain. */
function expose(field: Float32Array, size: number, random: Random): Uint8Array {
  const gain = uniform(random, 1.15, 1.4)
  const offset = uniform(random, -0.1, -0.02)
  const gamma = uniform(random, 0.85, 1.2)
  const grain = uniform(random, 0.008, 0.025)
  const tilt = uniform(random, -0.08, 0.08)
  const curve = Float32Array.from({ length: 2 * CURVE_STEPS + 1 }, (_, step) =>
    Math.pow(step / CURVE_STEPS, gamma),
  )
  const pixels = new Uint8Array(size * size)
  for (let y = 0; y < size; y++) {
    let at = Math.floor(random.next() * grains.length)
    for (let x = 0; x < size; x++) {
      const light = field[y * size + x]! * gain + offset + (tilt * (x - size / 2)) / size
      const step = Math.round(Math.min(Math.max(light, 0), 2) * CURVE_STEPS)
      const value = curve[step]! + grain * grains[at]!
      at = (at + 1) % grains.length
      pixels[y * size + x] = Math.min(Math.max(value * 255 + 0.5, 0), 255)
    }
  }
  return pixels
}
