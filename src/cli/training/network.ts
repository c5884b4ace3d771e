/** Which network a training is about, with which settings. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { engineContract } from '../../shared/contracts/engine.ts'
import { adaptSpec } from '../../shared/domain/adaptSpec.ts'
import { ModelSpec, type InputShape } from '../../shared/domain/modelSpec.ts'
import { preprocessingNamed } from '../../shared/domain/preprocessing.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { withOptimiser } from '../../shared/domain/withOptimiser.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import { chosenNetwork } from '../recipe.ts'
import { UsageError } from '../usageError.ts'
import { augmentationWith } from './augmentation.ts'
import type { TrainOptions } from './options.ts'

export interface PlannedNetwork {
  /** The preset's name, or the notation. */
  readonly recipe: string
  readonly spec: ModelSpec
  readonly settings: TrainingSettings
}

export interface FilmsToLearn {
  readonly classes: readonly string[]
  /** What a notation takes where the person does not say it. */
  readonly input?: InputShape | undefined
}

const Begun = z.object({ spec: ModelSpec, settings: TrainingSettings })

/** From the preset, or from the training that is resumed; options on top. Throws UsageError. */
export async function plannedNetwork(
  options: TrainOptions,
  films: FilmsToLearn,
  engine: Client<typeof engineContract>,
): Promise<PlannedNetwork> {
  const { classes } = films
  if (classes.length < 2) {
    const found = classes.length === 0 ? 'no class folders' : `only the class «${classes[0]!}»`
    throw new UsageError(`${options.data}: ${found}; a training needs two classes or more`)
  }
  const { recipe, spec, settings } = await begun(options, films, engine)
  const { optimiser, 'learning-rate': learningRate } = options
  return {
    recipe,
    spec: withOptimiser(spec, { optimiser, learningRate }),
    settings: settingsWith(settings, options),
  }
}

/** What was asked for on top of what the preset does. */
function settingsWith(settings: TrainingSettings, options: TrainOptions): TrainingSettings {
  const { epochs, batch, seed, fold, schedule, patience, normalisation } = options
  const asked: { [Key in keyof TrainingSettings]?: TrainingSettings[Key] | undefined } = {
    ...{ epochs, seed, fold, schedule, patience },
    batchSize: batch,
    validationShare: options['val-split'],
    weightAverage: options['weight-average'],
    preprocessing: normalisation === undefined ? undefined : preprocessingNamed(normalisation),
    classWeights: options['class-weights'],
    ages: options.ages,
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  return TrainingSettings.parse({
    ...settings,
    ...Object.fromEntries(given),
    augmentation: augmentationWith(settings.augmentation, options),
  })
}

async function begun(
  options: TrainOptions,
  { classes, input }: FilmsToLearn,
  engine: Client<typeof engineContract>,
): Promise<PlannedNetwork> {
  const { preset, spec: notation, resume } = options
  if (resume !== undefined && preset === undefined && notation === undefined) {
    return readBegun(resume)
  }
  const fit = { classes: classes.length, ...(input && { input }) }
  const chosen = await chosenNetwork(options, fit, engine)
  return { ...chosen, spec: adaptSpec(chosen.spec, { classes: classes.length }) }
}

async function readBegun(folder: string): Promise<PlannedNetwork> {
  const text = await readFile(join(folder, 'plan.json'), 'utf8').catch(() => undefined)
  if (text === undefined) throw new UsageError(`${folder}: there is no training to go on with`)
  const begun = Begun.parse(JSON.parse(text))
  return { ...begun, recipe: begun.spec.name }
}
