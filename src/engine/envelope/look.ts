/** What the envelope compares of a film. */
import type { DicomFacts } from '../../shared/domain/dicom.ts'
import { MOST_FEATURES, THUMB_SIDE } from '../../shared/domain/envelope.ts'

export interface FilmLook {
  /** Pooled features, at most 256. */
  readonly features: Float32Array
  /** 32 × 32, mean 0 and length 1; all 0 for a film of one grey. */
  readonly thumb: Float32Array
  readonly isColour: boolean
  readonly dicom?: DicomFacts | undefined
}

interface Pixels {
  readonly rows: number
  readonly columns: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}

/** Means over equal areas, of all channels, then without their mean and at length 1. */
export function thumbOf({ rows, columns, channels, pixels }: Pixels): Float32Array {
  const thumb = new Float32Array(THUMB_SIDE * THUMB_SIDE)
  const counts = new Float32Array(thumb.length)
  for (let y = 0; y < rows; y++) {
    const row = Math.floor((y * THUMB_SIDE) / rows) * THUMB_SIDE
    for (let x = 0; x < columns; x++) {
      const cell = row + Math.floor((x * THUMB_SIDE) / columns)
      let sum = 0
      for (let channel = 0; channel < channels; channel++)
        sum += pixels[(y * columns + x) * channels + channel]!
      thumb[cell]! += sum / channels
      counts[cell]!++
    }
  }
  // A film smaller than the thumb leaves cells without pixels: they stay at the mean.
  const filled = counts.reduce((total, count) => total + Number(count > 0), 0)
  const values = thumb.map((sum, cell) => (counts[cell]! > 0 ? sum / counts[cell]! : 0))
  const mean = values.reduce((sum, value) => sum + value, 0) / filled
  return unitLength(values.map((value, cell) => (counts[cell]! > 0 ? value - mean : 0)))
}

export function unitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values)
  return length > 0 ? values.map((value) => value / length) : values
}

/** Pearson's correlation of two thumbs. */
export const likeness = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0)

/** Correlation of a thumb with its mirror image, left and right exchanged. */
export function symmetry(thumb: Float32Array): number {
  const mirrored = thumb.map((_, at) => {
    const column = at % THUMB_SIDE
    return thumb[at - column + THUMB_SIDE - 1 - column]!
  })
  return likeness(thumb, mirrored)
}

/** Neighbouring channels averaged, so that at most 256 are left. */
export function fewFeatures(pooled: Float32Array): Float32Array {
  const group = Math.ceil(pooled.length / MOST_FEATURES)
  if (group <= 1) return pooled
  return Float32Array.from({ length: Math.ceil(pooled.length / group) }, (_, at) => {
    const some = pooled.subarray(at * group, (at + 1) * group)
    return some.reduce((sum, value) => sum + value, 0) / some.length
  })
}
