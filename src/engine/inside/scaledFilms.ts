import type { Tensor4D } from '@tensorflow/tfjs-node-gpu'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { Preprocessing } from '../../shared/domain/training.ts'
import type { FilmBatch } from '../graph/network.ts'
import type { TensorFlow } from '../tensorflow.ts'

/** Films as the first layer takes them, [films, height, width, channels]; a grey film is repeated in colour. */
export function scaledFilms(
  tf: TensorFlow,
  { count, channels, pixels }: FilmBatch,
  input: InputShape,
  scale: Preprocessing['scale'],
): Tensor4D {
  const { height, width } = input
  const stored = tf.tensor4d(Float32Array.from(pixels), [count, height, width, channels])
  const films = channels < input.channels ? tf.tile(stored, [1, 1, 1, 3]) : stored
  return scaledTensor(tf, films as Tensor4D, scale)
}

/** From stored pixels, 0–255, to what the first layer takes. */
export const scaledTensor = (
  tf: TensorFlow,
  films: Tensor4D,
  scale: Preprocessing['scale'],
): Tensor4D => (scale === 'unit' ? tf.mul(films, 1 / 255) : films)
