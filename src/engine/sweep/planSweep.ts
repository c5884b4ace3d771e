/** From what varies to every training of a sweep. */
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import { adaptSpec } from '../../shared/domain/adaptSpec.ts'
import { preprocessingNamed } from '../../shared/domain/preprocessing.ts'
import type {
  PlannedSweep,
  Sweep,
  SweepConfiguration,
  SweepOptions,
  SweepRun,
} from '../../shared/domain/sweep.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { withOptimiser } from '../../shared/domain/withOptimiser.ts'
import type { SweepReading } from '../../shared/domain/sweepReading.ts'
import { AppError } from '../../shared/errors.ts'
import { NotationError } from '../models/notation/notation.ts'
import { summarise } from '../models/summary.ts'
import { readSweep } from './readSweep.ts'
import { SweepError } from './sweepError.ts'
import type { SweepSource } from './sweepSource.ts'
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

/** Every configuration with its network and its runs, or what is wrong and where: for a person who writes. */
export function planSweep(order: SweepOrder): SweepReading {
  try {
    return { kind: 'plan', ...plan(order) }
  } catch (cause) {
    if (!(cause instanceof SweepError)) throw cause
    const { message, place, option } = cause
    return { kind: 'mistake', message, ...(place && { place }), ...(option && { option }) }
  }
}

function plan({ text, classes, input }: SweepOrder): { planned: PlannedSweep; macs: number[] } {
  const { sweep, source } = readSweep(text)
  const variants = spread(sweep)
  const differing = differences(variants)
  const planned = variants.map((variant, at) =>
    placing(variant, at, source, () =>
      configurationOf(sweep, variant, at, differing, { classes, input }),
    ),
  )
  const configurations = planned.map(({ configuration }) => configuration)
  const runs = configurations.reduce((sum, configuration) => sum + configuration.runs.length, 0)
  if (runs > MAX_RUNS) {
    throw new SweepError(`The sweep has ${runs} trainings, more than ${MAX_RUNS}`)
  }
  const { name, halving } = sweep
  return {
    planned: { name, configurations, ...(halving && { halving }) },
    macs: planned.map(({ macs }) => macs),
  }
}

function configurationOf(
  sweep: Sweep,
  { options, name, priority }: Variant,
  at: number,
  differing: readonly (keyof SweepOptions)[],
  fit: Pick<SweepOrder, 'classes' | 'input'>,
): { configuration: SweepConfiguration; macs: number } {
  const { recipe, spec: network, settings } = sweptNetwork(options, fit)
  const spec = withOptimiser(adaptSpec(network, { classes: fit.classes }), options)
  const { totalParams, macs } = summarise(spec, 1)
  const differs = Object.fromEntries(differing.map((option) => [option, options[option] ?? null]))
  const configuration = {
    number: at + 1,
    name: name ?? recipe,
    priority: priority ?? 0,
    differs,
    recipe,
    spec,
    params: totalParams,
    runs: runsOf(sweep, settingsOf(settings, options)),
  }
  return { configuration, macs }
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

/** What is wrong with one of many is said with its number, and with its place where the text names its network. */
function placing<T>({ name, options }: Variant, at: number, source: SweepSource, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    if (!(cause instanceof AppError) || !ofTheText.has(cause.code)) throw cause
    const network = options.spec ?? options.preset
    const called = name ?? network
    const which = called === undefined ? `${at + 1}` : `${at + 1} (${called})`
    const place =
      cause instanceof NotationError
        ? source.placeOfText(cause.text, cause.position, cause.length)
        : network === undefined
          ? undefined
          : source.placeOfText(network)
    throw new SweepError(`configuration ${which}: ${cause.message}`, place, undefined, { cause })
  }
}

/** A preset that there is not is NOT_FOUND. */
const ofTheText: ReadonlySet<string> = new Set(['BAD_INPUT', 'NOT_FOUND'])
