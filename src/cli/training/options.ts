import { z } from 'zod'
import { AgeRange } from '../../shared/domain/envelope.ts'
import { ScaleName } from '../../shared/domain/preprocessing.ts'
import { optimiserKinds } from '../../shared/domain/sweep.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { positive, share, wholeNumber } from '../parse.ts'
import type { OptionSpec } from '../verb.ts'
import { augmentationOptions, AugmentationOptions } from './augmentation.ts'
import { schedule } from './schedule.ts'

/** How a network is trained, beside which it is. */
export const settingOptions: Readonly<Record<string, OptionSpec>> = {
  epochs: { type: 'string', value: 'N', help: "times that every film is seen (the preset's)" },
  batch: { type: 'string', value: 'N', help: "films a step (the preset's)" },
  seed: { type: 'string', value: 'N', help: 'the same seed gives the same training (1)' },
  'val-split': { type: 'string', value: 'F', help: 'share of the patients to watch (0.2)' },
  fold: { type: 'string', value: 'K/N', help: 'watch this fold of the patients instead: 2/5' },
  optimiser: {
    type: 'string',
    value: 'NAME',
    help: `${optimiserKinds.options.join(', ')} (the preset's)`,
  },
  'learning-rate': { type: 'string', value: 'F', help: "length of a step (the optimiser's)" },
  schedule: {
    type: 'string',
    value: 'NAME',
    help: 'constant, step:EPOCHS:FACTOR, cosine:WARMUP, plateau:EPOCHS:FACTOR (constant)',
  },
  patience: { type: 'string', value: 'N', help: 'stops after N epochs without a better one' },
  'weight-average': { type: 'string', value: 'F', help: 'decay of the mean of weights: 0.999' },
  normalisation: {
    type: 'string',
    value: 'N',
    help: `how pixels become input: ${ScaleName.options.join(', ')} (the preset's)`,
  },
  'class-weights': { type: 'boolean', help: 'rare classes weigh more' },
  'allow-leak': {
    type: 'boolean',
    help: 'trains although patients or copies stand on both sides; every result says so',
  },
  ages: {
    type: 'string',
    value: 'A-B',
    help: "years of the patients, where the films don't tell: other ages are marked",
  },
  ...augmentationOptions,
}

const ages = z
  .string()
  .regex(/^\d{1,3}-\d{1,3}$/, 'takes two ages in years such as 1-5')
  .transform((text) => text.split('-').map(Number))
  .pipe(AgeRange)

export const TrainOptions = z.object({
  data: z.string(),
  polarity: z.string().optional(),
  preset: z.string().optional(),
  spec: z.string().optional(),
  input: z.string().optional(),
  epochs: wholeNumber(1, 10_000).optional(),
  batch: wholeNumber(1, 4096).optional(),
  seed: wholeNumber(0).optional(),
  'val-split': share(0, 0.5).optional(),
  fold: TrainingSettings.shape.fold,
  optimiser: optimiserKinds.optional(),
  'learning-rate': positive(100).optional(),
  schedule: schedule.optional(),
  patience: wholeNumber(1, 10_000).optional(),
  'weight-average': share(0, 0.99999).optional(),
  normalisation: ScaleName.optional(),
  'class-weights': z.boolean().optional(),
  'allow-leak': z.boolean().default(false),
  ...AugmentationOptions.shape,
  ages: ages.optional(),
  out: z.string().min(1).optional(),
  resume: z.string().optional(),
  library: z.string().optional(),
})
export type TrainOptions = z.output<typeof TrainOptions>
