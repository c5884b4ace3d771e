/** The trainings of the protocol: one for each fold and seed. */
import { join } from 'node:path'
import type {
  LabelledFilm,
  TrainingProgress,
  TrainingResult,
} from '../src/shared/domain/training.ts'
import type { Job } from '../src/shared/rpc/contract.ts'
import { assignParts } from '../src/engine/data/split.ts'
import { train } from '../src/engine/train/train.ts'
import { classes, mirrored, settings, spec, split } from './protocol.ts'

export interface Work {
  /** Every labelled film there is to train on. */
  readonly films: readonly LabelledFilm[]
  /** Where trainings, decoded films and scores lie. */
  readonly folder: string
  readonly startFrom: string
}

export interface Run {
  /** From 1: the one that is watched. */
  readonly fold: number
  readonly seed: number
  /** On films as they are: what the augmentation is judged against. */
  readonly unhardened?: boolean
}

export const runName = ({ fold, seed, unhardened = false }: Run): string =>
  `fold-${fold}-seed-${seed}${unhardened ? '-unhardened' : ''}`

/** The films with the part that they have in a run; folds are those of a sweep. */
export const filmsOfRun = (films: readonly LabelledFilm[], { fold }: Run): LabelledFilm[] =>
  assignParts(films, {
    ...{ classes, validationShare: 0, seed: split.seed },
    fold: { index: fold, of: split.folds },
  })

/** Trains, or goes on, or answers at once when it was done before. */
export function trainRun(
  { films, folder, startFrom }: Work,
  run: Run,
  job: Job<TrainingProgress>,
): Promise<TrainingResult> {
  return train(
    {
      spec,
      settings: { ...settings, ...(run.unhardened && { augmentation: mirrored }), seed: run.seed },
      classes: [...classes],
      films: filmsOfRun(films, run),
      trainedOn: 'Chest X-Ray Images (Pneumonia), training part',
      folder: join(folder, runName(run)),
      cacheFolder: join(folder, 'films'),
      startFrom,
      resume: true,
    },
    job,
  )
}
