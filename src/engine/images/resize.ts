import { tensorflow } from '../tensorflow.ts'

export interface Size {
  readonly rows: number
  readonly columns: number
}

/**
 * Bilinear, with half-pixel centres and without antialiasing, as Keras' image_dataset_from_directory;
 * rounded to whole numbers. [rows, columns, channels] → [to.rows, to.columns, channels].
 */
export function resizeBilinear(
  pixels: Uint8Array,
  from: Size,
  to: Size,
  channels: 1 | 3,
): Uint8Array {
  if (from.rows === to.rows && from.columns === to.columns) return pixels
  const tf = tensorflow()
  const values = tf.tidy(() => {
    const film = tf.tensor4d(pixels, [1, from.rows, from.columns, channels], 'int32')
    return tf.image.resizeBilinear(film, [to.rows, to.columns], false, true).dataSync()
  })
  const resized = new Uint8Array(values.length)
  // An integer array cuts off, so that one half more rounds.
  for (let at = 0; at < values.length; at++) resized[at] = values[at]! + 0.5
  return resized
}
