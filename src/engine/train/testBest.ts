import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { EpochReport, TrainingPlan, TrainingProgress } from '../../shared/domain/training.ts'
import { throttled } from '../data/throttle.ts'
import { saveManifest } from '../models/package.ts'
import { loadModel } from '../predict/loadModel.ts'
import type { RunFolder } from './runFolder.ts'
import { evaluatePart } from './score.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/**
 * Figures of the best epoch's package on the test films, entered into its card together with all epochs.
 * It is done after a stop as well: a model without its test is half a result. Null without test films.
 */
export async function testBest(
  folder: RunFolder,
  { classes }: TrainingPlan,
  films: TrainingFilms,
  reports: readonly EpochReport[],
  report: (progress: TrainingProgress) => void,
): Promise<Evaluation | null> {
  const { manifest, network } = await loadModel(folder.best)
  try {
    const total = films.places.test.length
    const progress = throttled(report)
    const { threshold } = manifest
    const scoring = { network, films, part: 'test', classes, threshold } as const
    const test = await evaluatePart(scoring, (done) =>
      progress.report({ kind: 'testing', done, total }),
    )
    progress.flush()
    const card = { ...manifest.card, epochs: [...reports], test: test ?? null }
    await saveManifest(folder.best, { ...manifest, card })
    return test ?? null
  } finally {
    network.dispose()
  }
}
