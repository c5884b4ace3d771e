import type { Tensor4D } from '@tensorflow/tfjs-node-gpu'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import type { FilmBatch } from '../graph/network.ts'
import type { TensorFlow } from '../tensorflow.ts'
import { scaled } from '../wasm/scale.ts'

/** Films as the first layer takes them, [films, height, width, channels]; a grey film is repeated in colour. */
export function scaledFilms(
  tf: TensorFlow,
  { count, channels, pixels }: FilmBatch,
  input: InputShape,
  scale: Scale,
): Tensor4D {
  const { height, width } = input
  const stored = tf.tensor4d(Float32Array.from(pixels), [count, height, width, channels])
  const films = channels < input.channels ? tf.tile(stored, [1, 1, 1, 3]) : stored
  return scaled(tf, films, scale) as Tensor4D
}
