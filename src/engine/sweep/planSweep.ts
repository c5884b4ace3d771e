/** From what varies to every training of a sweep. */
import type { InputShape, ModelSpec, Optimiser } from '../../shared/domain/modelSpec.ts'
import { adaptSpec } from '../../shared/domain/adaptSpec.ts'
import { Optimiser as OptimiserSchema } from '../../shared/domain/modelSpec.ts'
import { preprocessingNamed } from '../../shared/domain/preprocessing.ts'
import type {
  PlannedSweep,
  Sweep,
  SweepConfiguration,
  SweepOptions,
  SweepRun,
} from '../../shared/domain/sweep.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import { summarise } from '../models/summary.ts'
import { readSweep } from './readSweep.ts'
import { differences, spread, type Variant } from './variants.ts'
import { sweptNetwork } from './sweptNetwork.ts'

/** More would be a mistake in the grid rather than a plan. */
const MAX_RUNS = 5000

export interface SweepOrder {
  /** YAML. */
  readonly text: string
  readonly classes: number
  /** What a notation takes where the sweep does not say it. */
  readonly input?: InputShape | undefined
}

/** Every configuration with its network and its runs. Throws BAD_INPUT naming the option or the configuration. */
export function planSweep({ text, classes, input }: SweepOrder): PlannedSweep {
  const sweep = readSweep(text)
  const variants = spread(sweep)
  const differing = differences(variants)
  const configurations = variants.map((variant, at) =>
    naming(variant, at, () => configurationOf(sweep, variant, at, differing, { classes, input })),
  )
  const runs = configurations.reduce((sum, configuration) => sum + configuration.runs.length, 0)
  if (runs > MAX_RUNS) {
    throw new AppError('BAD_INPUT', `The sweep has ${runs} trainings, more than ${MAX_RUNS}`)
  }
  return { name: sweep.name, configurations, ...(sweep.halving && { halving: sweep.halving }) }
}

function configurationOf(
  sweep: Sweep,
  { options, name, priority }: Variant,
  at: number,
  differing: readonly (keyof SweepOptions)[],
  fit: Pick<SweepOrder, 'classes' | 'input'>,
): SweepConfiguration {
  const { recipe, spec: network, settings } = sweptNetwork(options, fit)
  const spec = compiled(adaptSpec(network, { classes: fit.classes }), options)
  const { totalParams } = summarise(spec, 1)
  const differs = Object.fromEntries(differing.map((option) => [option, options[option] ?? null]))
  return {
    number: at + 1,
    name: name ?? recipe,
    priority: priority ?? 0,
    differs,
    recipe,
    spec,
    params: totalParams,
    runs: runsOf(sweep, settingsOf(settings, options)),
  }
}

function runsOf({ seeds, folds }: Sweep, settings: TrainingSettings): SweepRun[] {
  return (seeds ?? [settings.seed]).flatMap((seed) =>
    folds === undefined
      ? [{ seed, settings: { ...settings, seed } }]
      : Array.from({ length: folds }, (_, at) => ({
          seed,
          fold: at + 1,
          settings: { ...settings, seed, fold: `${at + 1}/${folds}` },
        })),
  )
}

function compiled(spec: ModelSpec, { optimiser, learningRate }: SweepOptions): ModelSpec {
  const base: Optimiser =
    optimiser === undefined || optimiser === spec.optimiser.kind
      ? spec.optimiser
      : OptimiserSchema.parse({ kind: optimiser })
  return { ...spec, optimiser: { ...base, ...(learningRate !== undefined && { learningRate }) } }
}

function settingsOf(settings: TrainingSettings, options: SweepOptions): TrainingSettings {
  const { epochs, batch, normalisation, seed, augmentation, classWeights } = options
  const { validationShare, patience, schedule, weightAverage } = options
  return {
    ...settings,
    ...(epochs !== undefined && { epochs }),
    ...(batch !== undefined && { batchSize: batch }),
    ...(normalisation !== undefined && { preprocessing: preprocessingNamed(normalisation) }),
    ...(seed !== undefined && { seed }),
    ...(augmentation !== undefined && { augmentation }),
    ...(classWeights !== undefined && { classWeights }),
    ...(validationShare !== undefined && { validationShare }),
    ...(patience !== undefined && { patience }),
    ...(schedule !== undefined && { schedule }),
    ...(weightAverage !== undefined && { weightAverage }),
  }
}

/** What is wrong with one of many is said with its number. */
function naming<T>({ name, options }: Variant, at: number, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'BAD_INPUT') throw cause
    const called = name ?? options.spec ?? options.preset
    const which = called === undefined ? `${at + 1}` : `${at + 1} (${called})`
    throw new AppError('BAD_INPUT', `Configuration ${which}: ${cause.message}`, { cause })
  }
}
