import { missingAddon, tensorflow } from '../tensorflow.ts'
import { imageCodecs } from './decodeWithNapi.ts'
import type { Size } from './resize.ts'

/**
 * Grey pixels, [rows, columns], 0–255, as a JPEG file; with one channel by TensorFlow, with three equal ones without it
 * (its stand-in writes no others). `quality` from 0 to 100.
 * Throws ENGINE_FAILED where neither TensorFlow nor the image codecs can be loaded.
 */
export async function encodeGreyJpeg(
  pixels: Uint8Array,
  { rows, columns }: Size,
  quality: number,
): Promise<Uint8Array> {
  if (missingAddon()) {
    const { Transformer } = imageCodecs('JPEG')
    const rgba = new Uint8Array(4 * pixels.length)
    for (const [at, value] of pixels.entries()) rgba.set([value, value, value, 255], 4 * at)
    return Transformer.fromRgbaPixels(rgba, columns, rows).grayscale().jpeg(quality)
  }
  const tf = tensorflow()
  const film = tf.tensor3d(pixels, [rows, columns, 1], 'int32')
  try {
    return await tf.node.encodeJpeg(film, 'grayscale', quality)
  } finally {
    film.dispose()
  }
}
