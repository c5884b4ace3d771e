import type { Size } from '../../images/resize.ts'

/** One channel of one film, row by row, 0–255. */
export interface Plane extends Size {
  readonly pixels: Uint8Array
}

/** A rectangle of a plane, in pixels; it lies inside. */
export function cut(
  { columns, pixels }: Plane,
  { top, left, ...size }: Size & { readonly top: number; readonly left: number },
): Plane {
  const kept = new Uint8Array(size.rows * size.columns)
  for (let row = 0; row < size.rows; row++) {
    const from = (top + row) * columns + left
    kept.set(pixels.subarray(from, from + size.columns), row * size.columns)
  }
  return { ...size, pixels: kept }
}

/** The channels of a film, [rows, columns, channels], apart. */
export function planesOf(pixels: Uint8Array, { rows, columns }: Size, channels: 1 | 3): Plane[] {
  if (channels === 1) return [{ rows, columns, pixels }]
  return Array.from({ length: channels }, (_, channel) => ({
    ...{ rows, columns },
    pixels: Uint8Array.from(
      { length: rows * columns },
      (_, at) => pixels[at * channels + channel]!,
    ),
  }))
}

/** Puts the planes of a film into `into`, from `offset` on. */
export function interleave(planes: readonly Plane[], into: Uint8Array, offset: number): void {
  for (const [channel, { pixels }] of planes.entries()) {
    if (planes.length === 1) into.set(pixels, offset)
    else pixels.forEach((value, at) => (into[offset + at * planes.length + channel] = value))
  }
}
