/** Films changed at random as a training changes them, as bytes again. */
import type { Augmentation } from '../../shared/domain/training.ts'
import { drawAugmentation } from '../data/augment.ts'
import { disturbFilms } from '../data/disturb/disturbFilms.ts'
import { below, type Random } from '../data/random.ts'
import { lowerAugmentation } from '../graph/augment.ts'
import { augment, type Prepared } from '../graph/augmentRun.ts'
import { GraphBuilder } from '../graph/graphBuilder.ts'
import type { FilmBatch } from '../graph/network.ts'
import { Session } from '../graph/session.ts'
import type { Size } from '../images/resize.ts'

export interface Augmenter {
  /** The films with changes drawn from `random`. */
  readonly augment: (
    films: FilmBatch,
    augmentation: Augmentation,
    random: Random,
  ) => Promise<FilmBatch>
  readonly dispose: () => void
}

/** For films of one size. Throws ENGINE_FAILED when TensorFlow cannot be loaded. */
export function createAugmenter(size: Size): Augmenter {
  const graph = new GraphBuilder()
  lowerAugmentation(graph, size.rows, size.columns)
  const session = new Session(graph.savedModel())
  return {
    dispose: () => session.dispose(),
    augment: async (films, augmentation, random) => {
      const changes = drawAugmentation(augmentation, films.count, size, random)
      const seed = { shape: [2], values: Int32Array.of(below(random, 2 ** 31 - 1), 0) }
      const disturbed = await disturbFilms(films, size, augmentation, random)
      const shape = { height: size.rows, width: size.columns, channels: films.channels }
      return { ...films, pixels: bytesOf(augment(session, disturbed, shape, changes, seed)) }
    },
  }
}

function bytesOf({ kind, tensor }: Prepared): Uint8Array {
  if (kind === 'films') return Uint8Array.from(tensor.values)
  try {
    return Uint8Array.from(new Uint8ClampedArray(tensor.floats()))
  } finally {
    tensor.release()
  }
}
