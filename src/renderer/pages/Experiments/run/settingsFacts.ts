import { assertNever } from '../../../../shared/assertNever.ts'
import { nameOfScale, scaleWords } from '../../../../shared/domain/preprocessing.ts'
import type { Optimiser } from '../../../../shared/domain/modelSpec.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import type {
  Augmentation,
  LearningRateSchedule,
  TrainingSettings,
} from '../../../../shared/domain/training.ts'
import type { Fact } from '../../../components/fact.ts'
import { count, percent, plural } from '../../../format.ts'
import { augmentationRules } from '../newRun/fields.ts'

/** How a run was set up, in words. */
export function runFacts({
  spec,
  params,
  datasetName,
  datasetHash,
  films,
  settings,
  recipe,
}: Run): Fact[] {
  const { input } = spec
  return [
    { label: 'Recipe', value: recipe },
    { label: 'Network', value: `${count(params)} parameters` },
    { label: 'Input', value: `${input.width} × ${input.height} × ${input.channels}` },
    { label: 'Data set', value: datasetName },
    ...(datasetHash === undefined ? [] : [{ label: 'Its version', value: datasetHash }]),
    ...(films ? [{ label: 'Films', value: describeFilms(films) }] : []),
    { label: 'Pixel values', value: scaleWords[nameOfScale(settings.preprocessing)] },
    ...settingsFacts(settings, spec.optimiser),
  ]
}

export const describeFilms = ({ train, validation, test }: NonNullable<Run['films']>): string =>
  `${count(train)} training · ${count(validation)} validation · ${count(test)} test`

export function settingsFacts(settings: TrainingSettings, optimiser: Optimiser): Fact[] {
  const { epochs, batchSize, seed, validationShare, fold, classWeights, patience } = settings
  return [
    { label: 'Optimiser', value: `${optimiser.kind}, learning rate ${optimiser.learningRate}` },
    { label: 'Schedule', value: describeSchedule(settings.schedule) },
    { label: 'Epochs', value: `${plural(epochs, 'epoch')}, ${plural(batchSize, 'film')} a batch` },
    { label: 'Seed', value: String(seed) },
    fold === undefined
      ? { label: 'Validation share', value: `${percent(validationShare)}, split by patient` }
      : { label: 'Fold watched', value: `${fold}, split by patient` },
    {
      label: 'Model kept',
      value: settings.keep === 'best' ? 'lowest validation loss' : 'last epoch',
    },
    { label: 'Class weights', value: classWeights ? 'on' : 'off' },
    { label: 'Patience', value: patience === undefined ? 'off' : plural(patience, 'epoch') },
    ...(settings.weightAverage === undefined
      ? []
      : [{ label: 'Weight average', value: `decay ${settings.weightAverage}` }]),
    { label: 'Augmentation', value: describeAugmentation(settings.augmentation) },
  ]
}

/** What is switched on, as «zoom ± 20 %»; «none» when nothing is. */
export function describeAugmentation(augmentation: Augmentation): string {
  const { flipHorizontal, flipVertical } = augmentation
  const numbers = Object.entries(augmentationRules).flatMap(([key, { label, unit, scale = 1 }]) => {
    const value = new Map<string, unknown>(Object.entries(augmentation)).get(key)
    if (typeof value !== 'number' || value === 0) return []
    const shown = Number((value * scale).toPrecision(3))
    const [sign, mark] = unit?.startsWith('± ') ? ['± ', unit.slice(2)] : ['', unit ?? '']
    return [`${label.toLowerCase()} ${sign}${shown}${mark === '°' ? '' : ' '}${mark}`.trim()]
  })
  const flips = [
    ...(flipHorizontal ? ['mirrored left and right'] : []),
    ...(flipVertical ? ['mirrored up and down'] : []),
  ]
  const range = augmentation.rotationRange
    ? [
        `rotation ${augmentation.rotationRange.map((turn) => `${Math.round(turn * 360)}°`).join(' to ')}`,
      ]
    : []
  return [...flips, ...range, ...numbers].join(', ') || 'none'
}

export function describeSchedule(schedule: LearningRateSchedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'Constant'
    case 'step':
      return `× ${schedule.factor} after every ${plural(schedule.everyEpochs, 'epoch')}`
    case 'cosine':
      return `Warm-up over ${percent(schedule.warmup)} of the steps, then a cosine to zero`
    case 'plateau':
      return `× ${schedule.factor} after ${plural(schedule.patience, 'epoch')} without a lower validation loss`
    default:
      return assertNever(schedule)
  }
}
