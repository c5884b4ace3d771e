import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { EpochReport, TrainingProgress } from '../../shared/domain/training.ts'
import { throttled } from '../data/throttle.ts'
import { readManifest, saveManifest } from '../models/package.ts'
import { loadModel } from '../predict/loadModel.ts'
import { evaluatePart } from './score.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/**
 * Figures of the package in `folder` on the test films, entered into its card together with all epochs.
 * It is done after a stop as well: a model without its test is half a result. Null without test films.
 */
export async function testBest(
  folder: string,
  films: TrainingFilms,
  reports: readonly EpochReport[],
  report: (progress: TrainingProgress) => void,
): Promise<Evaluation | null> {
  const { manifest, test } =
    films.places.test.length > 0
      ? await tested(folder, films, report)
      : { manifest: await readManifest(folder), test: null }
  const card = { ...manifest.card, epochs: [...reports], test }
  await saveManifest(folder, { ...manifest, card })
  return test
}

async function tested(
  folder: string,
  films: TrainingFilms,
  report: (progress: TrainingProgress) => void,
): Promise<{ manifest: ModelManifest; test: Evaluation | null }> {
  const { manifest, network } = await loadModel(folder)
  try {
    const total = films.places.test.length
    const progress = throttled(report)
    const { threshold, classes } = manifest
    const scoring = { network, films, part: 'test', classes, threshold } as const
    const test = await evaluatePart(scoring, (done) =>
      progress.report({ kind: 'testing', done, total }),
    )
    progress.flush()
    return { manifest, test: test ?? null }
  } finally {
    network.dispose()
  }
}
