/** The package that ships: the chosen run's weights with what the protocol decides on its watched films. */
import { createHash } from 'node:crypto'
import type { Evaluation } from '../src/shared/domain/evaluation.ts'
import type { ModelManifest } from '../src/shared/domain/model.ts'
import { backendName } from '../src/engine/describe.ts'
import type { FittedEnvelope } from '../src/engine/envelope/fitEnvelope.ts'
import { evaluate } from '../src/engine/evaluate/evaluate.ts'
import { decide } from '../src/engine/models/decide.ts'
import { makeGolden } from '../src/engine/models/goldenFilms.ts'
import { loadPackage, savePackage } from '../src/engine/models/package.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import {
  classes,
  modelName,
  partsOf,
  risks,
  shipped,
  size,
  split,
  stress,
  type Run,
} from './protocol.ts'
import type { FilmScores } from './score.ts'
import { sourceOf } from './startPackage.ts'

const provenance = {
  data: 'Kermany, Zhang and Goldbaum, Labeled Optical Coherence Tomography (OCT) and Chest X-Ray Images for Classification, Mendeley Data v3, 2018 (the data set “Chest X-Ray Images (Pneumonia)”), CC BY 4.0. The films were reduced to 224 × 224 pixels before.',
  firstWeights: sourceOf(size),
  protocol: `Watched: fold ${shipped.fold} of ${split.folds} by patient (dealt by seed ${split.seed}), on which no weight was learnt; ${seedsOf(shipped)}. The last epoch was kept. Calibration, threshold (largest sensitivity + specificity) and zones were chosen on ${stress.copies} copies of each watched film, changed as training films are.`,
  limits:
    'Its films are of children of one to five years from one hospital (Guangzhou). On adults, lateral films, other hospitals or devices its figures are unknown, and it tells no other disease from pneumonia.',
} as const

function seedsOf(run: Run): string {
  const seeds = partsOf(run).map(({ seed }) => seed)
  if (seeds.length === 0) return `seed ${run.seed}`
  return `branches of seeds ${seeds.join(' and ')}, whose logits are averaged`
}

/** Scores with what they are judged by, one row for each film or changed copy. */
export interface Scored {
  readonly probabilities: number[][]
  readonly labels: number[]
  readonly patients: string[]
}

export const plainScores = (films: readonly FilmScores[]): Scored => ({
  probabilities: films.map(({ plain }) => [1 - plain, plain]),
  labels: films.map(({ label }) => label),
  patients: films.map(({ patient }) => patient),
})

export function stressedScores(films: readonly FilmScores[]): Scored {
  const copies = films.flatMap(({ stressed, label, patient }) =>
    stressed.map((score) => ({ score, label, patient })),
  )
  return {
    probabilities: copies.map(({ score }) => [1 - score, score]),
    labels: copies.map(({ label }) => label),
    patients: copies.map(({ patient }) => patient),
  }
}

export const figuresOf = (scored: Scored, threshold?: number): Evaluation =>
  evaluate(scored.probabilities, scored.labels, classes, threshold, scored.patients)

/**
 * Writes the package into `folder`: calibration, threshold and zones by the changed copies of the run's watched films,
 * its figures on these films as they are, and golden films.
 */
export async function ship(
  modelFolder: string,
  films: readonly FilmScores[],
  folder: string,
): Promise<ModelManifest> {
  const { manifest, weights, envelope, halvedKernels } = await loadPackage(modelFolder)
  const { network } = await loadModel(modelFolder)
  const golden = makeGolden(network, backendName())
  network.dispose()
  const named = { ...manifest, name: modelName, card: { ...manifest.card, provenance } }
  const extras = { golden, envelope: envelope && agedOneToFive(envelope), halvedKernels }
  await savePackage(folder, named, weights, extras)
  const scored = stressedScores(films)
  const decided = await decide({
    folder,
    scored,
    on: setOf(films, scored),
    calibration: 'platt',
    goal: { kind: 'youden' },
    zones: risks,
  })
  const validation = figuresOf(plainScores(films), decided.threshold)
  return savePackage(folder, { ...decided, card: { ...decided.card, validation } }, weights, extras)
}

/** The films do not tell ages; their makers do. */
const agedOneToFive = (fitted: FittedEnvelope): FittedEnvelope => ({
  ...fitted,
  envelope: { ...fitted.envelope, ages: [1, 5] },
})

function setOf(films: readonly FilmScores[], { labels, patients }: Scored) {
  const named = films.map(({ film, label }) => [film, label])
  return {
    name: `changed copies of ${films.length.toLocaleString('en')} held-out films`,
    films: labels.length,
    positives: labels.filter((label) => label === 1).length,
    patients: new Set(patients).size,
    hash: createHash('sha256').update(JSON.stringify(named)).digest('hex'),
  }
}
