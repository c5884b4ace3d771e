/**
 * Pictures that excite a channel most: gradient ascent on the film, from faint noise about mid-grey (Erhan et al. 2009).
 * Each step moves the film by the gradient over its root mean square, as Mordvintsev et al. («Inceptionism», 2015) do,
 * and keeps it within the range of films.
 */
import type { LayersModel, Scalar, Tensor } from '@tensorflow/tfjs-node-gpu'
import { randomStream, uniform } from '../data/random.ts'
import { tensorflow } from '../tensorflow.ts'
import { scaled } from '../wasm/scale.ts'
import { upTo, type OpenModel } from './openModel.ts'
import { planesOf, type Plane } from './pictures.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'

export interface MaximiseOrder {
  readonly layer: string
  readonly seed: number
  /** Which of all channels. */
  readonly channels: (all: number) => readonly number[]
}

const steps = 30
/** Of a pixel's 0–255. */
const stepLength = 6
const noise = 12
const midGrey = 128

export async function maximise(
  open: OpenModel,
  { layer, seed, channels }: MaximiseOrder,
): Promise<{ planes: Plane[]; channels: number }> {
  const part = upTo(open, layer)
  const all = part.outputShape.at(-1)
  const total = typeof all === 'number' ? all : 0
  const planes: Plane[] = []
  for (const channel of channels(total)) {
    planes.push(mostExciting(open, part, channel, seed))
    await turnOfTheLoop()
  }
  return { planes, channels: total }
}

function mostExciting(
  { manifest }: OpenModel,
  part: LayersModel,
  channel: number,
  seed: number,
): Plane {
  const tf = tensorflow()
  const { height, width, channels } = manifest.spec.input
  const random = randomStream(seed, `maximise ${channel}`)
  const start = Float32Array.from(
    { length: height * width * channels },
    () => midGrey + uniform(random, -noise, noise),
  )
  const excitement = (film: Tensor): Scalar => {
    const input = scaled(tf, film, manifest.preprocessing.scale)
    // `predict` would cut the film off from the gradient.
    const output = part.apply(input) as Tensor
    return tf.mean(tf.gather(output, [channel], output.rank - 1)).asScalar()
  }
  const gradient = tf.grad(excitement)
  let film: Tensor = tf.tensor4d(start, [1, height, width, channels])
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() => {
      const slope = gradient(film)
      const size = tf.maximum(tf.sqrt(tf.mean(tf.square(slope))), 1e-8)
      return tf.clipByValue(tf.add(film, tf.mul(tf.div(slope, size), stepLength)), 0, 255)
    })
    film.dispose()
    film = next
  }
  try {
    const grey = tf.tidy(() => tf.mean(film, -1).dataSync<'float32'>())
    const [plane] = planesOf(grey, [height, width, 1], [0])
    return plane!
  } finally {
    film.dispose()
  }
}
