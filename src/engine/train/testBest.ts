import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { EpochReport, TrainingProgress } from '../../shared/domain/training.ts'
import { throttled } from '../data/throttle.ts'
import { backendName } from '../describe.ts'
import type { Network } from '../graph/network.ts'
import { makeGolden } from '../models/goldenFilms.ts'
import { loadPackage, savePackage } from '../models/package.ts'
import { loadModel } from '../predict/loadModel.ts'
import { measureEnvelope } from './measureEnvelope.ts'
import { evaluatePart } from './score.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/**
 * Figures of the package in `folder` on the test films, entered into its card together with all epochs, and golden films
 * and the envelope of its training films beside its weights. It is done after a stop as well: a model without its test is half a result. Null without test
 * films.
 */
export async function testBest(
  folder: string,
  films: TrainingFilms,
  reports: readonly EpochReport[],
  report: (progress: TrainingProgress) => void,
): Promise<Evaluation | null> {
  const { manifest, weights, halvedKernels } = await loadPackage(folder)
  const { network } = await loadModel(folder)
  try {
    const test = await tested(manifest, network, films, report)
    const card = { ...manifest.card, epochs: [...reports], test }
    const golden = makeGolden(network, backendName())
    const envelope = await measureEnvelope(network, films, manifest.card.settings)
    await savePackage(folder, { ...manifest, card }, weights, { golden, envelope, halvedKernels })
    return test
  } finally {
    network.dispose()
  }
}

async function tested(
  { threshold, classes }: ModelManifest,
  network: Network,
  films: TrainingFilms,
  report: (progress: TrainingProgress) => void,
): Promise<Evaluation | null> {
  const total = films.places.test.length
  if (total === 0) return null
  const progress = throttled(report)
  const scoring = { network, films, part: 'test', classes, threshold } as const
  const test = await evaluatePart(scoring, (done) =>
    progress.report({ kind: 'testing', done, total }),
  )
  progress.flush()
  return test ?? null
}
