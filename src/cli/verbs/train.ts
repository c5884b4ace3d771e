import { basename } from 'node:path'
import type { ExitStatus } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { labelledFilms, notePassedOver } from '../labelledFolder.ts'
import { libraryOption } from '../library.ts'
import { read, refuseOperands } from '../parse.ts'
import { cacheFolder, existingPath, isThere } from '../paths.ts'
import { requireSoundSplit } from '../../shared/split/requireSoundSplit.ts'
import { describedData, polarityOption, withPolarity } from '../polarity.ts'
import { recipeOptions } from '../recipe.ts'
import { shownBelow } from '../shownPath.ts'
import { trainDataset } from '../training/dataset.ts'
import { ownSize } from '../training/films.ts'
import { plannedNetwork } from '../training/network.ts'
import { settingOptions, TrainOptions } from '../training/options.ts'
import { runFolder, runPlan } from '../training/runPlan.ts'
import { UsageError } from '../usageError.ts'
import type { Context, Verb } from '../verb.ts'

export const train: Verb = {
  name: 'train',
  usage:
    '--data PATH|NAME --preset NAME|--spec TEXT [--input HxWxC] [--epochs N] [--batch N] [--seed N] [--val-split F] [--class-weights] [--allow-leak] [--normalisation N] [--optimiser NAME] [augmentation …] [--ages A-B] [--polarity P] [--out DIR] [--resume DIR] [--json]',
  summary: 'Trains a network and keeps its best epoch',
  options: {
    data: { type: 'string', value: 'PATH|NAME', help: 'class folders, or a data set' },
    ...recipeOptions,
    ...settingOptions,
    ...polarityOption,
    out: { type: 'string', value: 'DIR', help: "the training's folder (runs/…)" },
    resume: { type: 'string', value: 'DIR', help: 'goes on with the training in that folder' },
    ...libraryOption,
  },
  async run(args, context) {
    refuseOperands(args)
    const options = read(TrainOptions, args)
    if (options.out !== undefined && options.resume !== undefined) {
      throw new UsageError('--out and --resume name the same folder: give one of them')
    }
    if (await isThere(options.data)) return trainFolder(options, context)
    return trainDataset(options, context)
  },
}

async function trainFolder(options: TrainOptions, context: Context): Promise<ExitStatus> {
  const { output, engine, signal } = context
  const root = await existingPath(options.data)
  const survey = await engine.surveyFolder({ paths: [root] }, { signal })
  const failures = notePassedOver(output, survey)
  const { classes } = survey
  const input = await ownSize(survey, engine)
  const { spec, settings } = await plannedNetwork(options, { classes, input }, engine)
  const films = await withPolarity(labelledFilms(survey, classes), options.polarity)
  const { fold, 'allow-leak': allowLeak } = options
  const leak = requireSoundSplit(films, { name: basename(root), fold, allowLeak })
  const plan = {
    ...(leak && { leak }),
    ...{ spec, settings, classes, films, trainedOn: describedData(basename(root), films) },
    folder: runFolder(options, spec.name),
    cacheFolder: cacheFolder(),
    resume: options.resume !== undefined,
  }
  const shown = shownBelow([options.data])
  reportRefusals(output, failures, shown)
  return runPlan(plan, { failed: failures.length, shown }, context)
}
