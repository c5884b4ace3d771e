/** The trainings of the protocol: one for each fold and seed. */
import { join } from 'node:path'
import type {
  LabelledFilm,
  TrainingPlan,
  TrainingProgress,
  TrainingResult,
} from '../src/shared/domain/training.ts'
import type { Job } from '../src/shared/rpc/contract.ts'
import { assignParts } from '../src/engine/data/split.ts'
import { train } from '../src/engine/train/train.ts'
import type { Size } from './efficientnetLite.ts'
import { classes, settingsOf, specOf, split, startOf, type Run } from './protocol.ts'

export interface Work {
  /** Every labelled film there is to train on. */
  readonly films: readonly LabelledFilm[]
  /** Where trainings, decoded films and scores lie. */
  readonly folder: string
  /** The package of published weights of each size. */
  readonly startFrom: (size: Size) => string
}

export const runName = ({ fold, seed, other }: Run): string =>
  ['fold', fold, 'seed', seed, ...(other === undefined ? [] : [other])].join('-')

/** The package that a run leaves. */
export const packageOf = ({ folder }: Work, run: Run): string => join(folder, runName(run), 'best')

/** The films with the part that they have in a fold; folds are those of a sweep. */
export const filmsOfFold = (films: readonly LabelledFilm[], fold: number): LabelledFilm[] =>
  assignParts(films, {
    ...{ classes, validationShare: 0, seed: split.seed },
    fold: { index: fold, of: split.folds },
  })

export function planOf({ films, folder, startFrom }: Work, run: Run): TrainingPlan {
  const size = startOf(run.other)
  return {
    spec: specOf(run.other),
    settings: { ...settingsOf(run.other), seed: run.seed },
    classes: [...classes],
    films: filmsOfFold(films, run.fold),
    trainedOn: 'Chest X-Ray Images (Pneumonia), training part',
    folder: join(folder, runName(run)),
    cacheFolder: join(folder, 'films'),
    ...(size && { startFrom: startFrom(size) }),
    resume: true,
  }
}

/** Trains, or goes on, or answers at once when it was done before. */
export const trainRun = (
  work: Work,
  run: Run,
  job: Job<TrainingProgress>,
): Promise<TrainingResult> => train(planOf(work, run), job)
