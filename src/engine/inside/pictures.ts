/** Values of a layer as grey pictures. */
import { encodeGreyJpeg } from '../images/encodeJpeg.ts'

/** Small pictures are made larger by whole pixels, as JPEG would blur them otherwise. */
const leastSide = 64
const jpegQuality = 92

export interface Plane {
  readonly rows: number
  readonly columns: number
  /** Row by row. */
  readonly values: Float32Array | readonly number[]
}

/** Lowest value black, highest white; a plane of one value is black. */
export function greys({ values }: Plane): Uint8Array {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const range = high - low
  return Uint8Array.from({ length: values.length }, (_, at) =>
    range > 0 ? Math.round((255 * (values[at]! - low)) / range) : 0,
  )
}

/** One JPEG a plane. */
export const jpegsOf = (planes: readonly Plane[]): Promise<Uint8Array<ArrayBuffer>[]> =>
  Promise.all(
    planes.map(async (plane) => {
      const { pixels, rows, columns } = enlarged(plane)
      return Uint8Array.from(await encodeGreyJpeg(pixels, { rows, columns }, jpegQuality))
    }),
  )

function enlarged(plane: Plane) {
  const times = Math.max(1, Math.ceil(leastSide / Math.max(plane.rows, plane.columns)))
  const small = greys(plane)
  const [rows, columns] = [plane.rows * times, plane.columns * times]
  const pixels = Uint8Array.from({ length: rows * columns }, (_, at) => {
    const row = Math.floor(at / columns / times)
    const column = Math.floor((at % columns) / times)
    return small[row * plane.columns + column]!
  })
  return { pixels, rows, columns }
}

/** The planes of some channels of values in [height, width, channels]. */
export function planesOf(
  values: Float32Array,
  [rows, columns, channels]: readonly [number, number, number],
  chosen: readonly number[],
): Plane[] {
  return chosen.map((channel) => ({
    ...{ rows, columns },
    values: Float32Array.from(
      { length: rows * columns },
      (_, at) => values[at * channels + channel]!,
    ),
  }))
}
