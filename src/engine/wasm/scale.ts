import type { Tensor } from '@tensorflow/tfjs-core'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import { atLeastOneStep, byMiddle, middleOf } from '../graph/scale.ts'
import type { Tfjs } from './startWasm.ts'

/** Any build of tfjs has them. */
type ScalingOps = Pick<
  Tfjs,
  | 'add'
  | 'cast'
  | 'clipByValue'
  | 'div'
  | 'equal'
  | 'maximum'
  | 'moments'
  | 'mul'
  | 'rsqrt'
  | 'slice'
  | 'sqrt'
  | 'square'
  | 'sub'
  | 'sum'
  | 'tensor1d'
>

/** What `graph/scale.ts` does, for films with all their channels: [films, height, width, channels], 0–255. */
export function scaled(tf: ScalingOps, films: Tensor, scale: Scale): Tensor {
  if (scale === 'none') return films
  if (scale === 'unit') return tf.mul(films, 1 / 255)
  switch (scale.kind) {
    case 'l2': {
      const squares = tf.sum(tf.square(films), scale.axis === 'height' ? 1 : 2, true)
      const safe = tf.add(squares, tf.cast(tf.equal(squares, 0), 'float32'))
      return tf.mul(films, tf.rsqrt(safe))
    }
    case 'standardise': {
      const { mean, variance } = tf.moments(films, [1, 2, 3], true)
      const values = films.shape.slice(1).reduce((product, side) => product * side, 1)
      const deviation = tf.maximum(tf.sqrt(variance), 1 / Math.sqrt(values))
      return tf.div(tf.sub(films, mean), deviation)
    }
    case 'dataset': {
      if (!scale.measured) return films
      const { mean, deviation } = scale.measured
      return tf.div(
        tf.sub(films, tf.tensor1d([...mean])),
        tf.tensor1d(deviation.map(atLeastOneStep)),
      )
    }
    case 'centre': {
      const { begin, size } = middleOf(films.shape[1]!, films.shape[2]!)
      const middle = tf.slice(films, [...begin, 0], [...size, -1])
      const { mean, variance } = tf.moments(middle, [1, 2, 3], true)
      const deviation = tf.add(tf.sqrt(variance), byMiddle.epsilon)
      const wide = tf.mul(tf.div(tf.sub(films, mean), deviation), byMiddle.deviation)
      return tf.clipByValue(wide, byMiddle.lowest, byMiddle.highest)
    }
  }
}
