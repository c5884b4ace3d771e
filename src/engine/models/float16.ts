/** Numbers of 16 bits: binary16 of IEEE 754-2019, one bit of sign, five of exponent, ten of fraction. */

/** The least magnitude that is rounded beyond the largest finite number, 65,504. */
const OVERFLOW = 65_520
/** The least normal number; below it the steps are alike. */
const LEAST_NORMAL = 2 ** -14
const SUBNORMAL_STEP = 2 ** -24
const SIGN = 0x8000
/** Bits of a float32's fraction that a half has no room for. */
const LOST = 13
/** Between the exponents' biases, 127 and 15, in a float32's bits. */
const REBIAS = (127 - 15) << 23

/** The nearest half of each value, ties to the even one; undefined where a value is too large for any, or not finite. */
export function toHalves(values: Float32Array): Uint16Array | undefined {
  const all = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const magnitude = Math.abs(values[at]!)
    if (!(magnitude < OVERFLOW)) return undefined
    const bits = all[at]!
    const sign = (bits >>> 16) & SIGN
    halves[at] = sign | (magnitude < LEAST_NORMAL ? evenly(magnitude / SUBNORMAL_STEP) : shortened(bits & 0x7fff_ffff)) // prettier-ignore
  }
  return halves
}

/** Each as the same number in 32 bits. */
export function fromHalves(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length)
  const bits = new Uint32Array(values.buffer)
  for (let at = 0; at < halves.length; at++) {
    const half = halves[at]!
    const exponent = (half >>> 10) & 0x1f
    if (exponent === 0) values[at] = (half & SIGN ? -1 : 1) * (half & 0x3ff) * SUBNORMAL_STEP
    else if (exponent === 0x1f) values[at] = half & 0x3ff ? NaN : half & SIGN ? -Infinity : Infinity
    else bits[at] = ((half & SIGN) << 16) | (((half & 0x7fff) << LOST) + REBIAS)
  }
  return values
}

function evenly(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}

/** A float32's magnitude without the bits that are lost; what is carried goes into the exponent, as it should. */
function shortened(magnitude: number): number {
  const rebased = magnitude - REBIAS
  const half = 1 << (LOST - 1)
  return (rebased + half - 1 + ((rebased >>> LOST) & 1)) >>> LOST
}
