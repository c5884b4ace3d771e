export interface Size {
  readonly rows: number
  readonly columns: number
}

/** For each place along an output side: the two input places it lies between, and the share of the second. */
interface Taps {
  readonly lower: Int32Array
  readonly upper: Int32Array
  readonly share: Float32Array
}

/**
 * Bilinear, with half-pixel centres and without antialiasing, as Keras' image_dataset_from_directory and
 * TensorFlow's ResizeBilinear; rounded to whole numbers. Our own loop, because the binding takes some twenty
 * times as long for one film. [rows, columns, channels] → [to.rows, to.columns, channels].
 */
export function resizeBilinear(
  pixels: Uint8Array,
  from: Size,
  to: Size,
  channels: 1 | 3,
): Uint8Array {
  if (from.rows === to.rows && from.columns === to.columns) return pixels
  const vertical = tapsOf(from.rows, to.rows)
  const horizontal = tapsOf(from.columns, to.columns)
  const resized = new Uint8Array(to.rows * to.columns * channels)
  const lineLength = from.columns * channels
  let at = 0
  for (let row = 0; row < to.rows; row++) {
    const above = vertical.lower[row]! * lineLength
    const below = vertical.upper[row]! * lineLength
    const down = vertical.share[row]!
    for (let column = 0; column < to.columns; column++) {
      const left = horizontal.lower[column]! * channels
      const right = horizontal.upper[column]! * channels
      const across = horizontal.share[column]!
      for (let channel = 0; channel < channels; channel++, at++) {
        const topLeft = pixels[above + left + channel]!
        const top = topLeft + (pixels[above + right + channel]! - topLeft) * across
        const bottomLeft = pixels[below + left + channel]!
        const bottom = bottomLeft + (pixels[below + right + channel]! - bottomLeft) * across
        // An integer array cuts off, so that one half more rounds.
        resized[at] = top + (bottom - top) * down + 0.5
      }
    }
  }
  return resized
}

function tapsOf(from: number, to: number): Taps {
  const taps = {
    lower: new Int32Array(to),
    upper: new Int32Array(to),
    share: new Float32Array(to),
  }
  const scale = from / to
  for (let place = 0; place < to; place++) {
    const source = (place + 0.5) * scale - 0.5
    const floor = Math.floor(source)
    taps.lower[place] = Math.max(floor, 0)
    taps.upper[place] = Math.min(Math.ceil(source), from - 1)
    taps.share[place] = source - floor
  }
  return taps
}
