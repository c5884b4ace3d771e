import type { TrainingPlan } from '../../shared/domain/training.ts'
import { drawAugmentation } from '../data/augment.ts'
import { disturbFilms } from '../data/disturb/disturbFilms.ts'
import type { PositionedBatch } from '../data/batches.ts'
import { below, type Random } from '../data/random.ts'
import type { TrainBatch } from '../graph/network.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/** Decoded films with their labels, weights and random changes; all chance is drawn from `random`. */
export async function trainBatch(
  { positions, films }: PositionedBatch,
  { labels, doubts, classWeights }: TrainingFilms,
  { settings, spec }: TrainingPlan,
  random: Random,
): Promise<TrainBatch> {
  const classes = Int32Array.from(positions, (place) => labels[place]!)
  const size = { rows: spec.input.height, columns: spec.input.width }
  const augmentation = drawAugmentation(settings.augmentation, films.count, size, random)
  const seed = below(random, 2 ** 31 - 1)
  return {
    films: await disturbFilms(films, size, settings.augmentation, random),
    labels: classes,
    ...(doubts && { doubts: Float32Array.from(positions, (place) => doubts[place]!) }),
    ...(classWeights && { weights: Float32Array.from(classes, (label) => classWeights[label]!) }),
    ...(augmentation && { augmentation }),
    seed,
  }
}
