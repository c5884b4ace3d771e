/** Predictions of every film by a head that learned from other patients' films alone. */
import type { Job } from '../../../shared/rpc/contract.ts'
import { randomStream } from '../../data/random.ts'
import { shuffled } from '../../data/shuffle.ts'
import { fitLogistic, predictLogistic } from './logisticHead.ts'

export interface LabelledFeatures {
  readonly features: Float32Array
  readonly label: number
  /** Films of one key never stand on both sides. */
  readonly patient: string
}

export interface CrossOrder {
  readonly classes: number
  readonly folds: number
  readonly seed: number
}

/** For features of variance 1: strong enough that 256 of them do not learn a hundred films by heart. */
const PENALTY = 0.01

/**
 * Out-of-sample probabilities, one row a film, from k folds by patient; each fold's features are brought to mean 0 and
 * variance 1 by its training films. Throws CANCELLED.
 */
export async function crossPredict(
  films: readonly LabelledFeatures[],
  { classes, folds, seed }: CrossOrder,
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<Float64Array[]> {
  const foldOf = dealPatients(films, folds, seed)
  const predicted = new Array<Float64Array>(films.length)
  for (let fold = 0; fold < folds; fold++) {
    report({ done: fold, total: folds })
    const learned = films.filter(({ patient }) => foldOf.get(patient) !== fold)
    const scale = scaleOf(learned)
    const head = await fitLogistic(
      {
        points: learned.map(({ features }) => scale(features)),
        labels: learned.map(({ label }) => label),
        classes,
      },
      PENALTY,
      signal,
    )
    for (const [at, { features, patient }] of films.entries())
      if (foldOf.get(patient) === fold) predicted[at] = predictLogistic(head, scale(features))
  }
  return predicted
}

/** Patients of each class (their commonest label) are dealt out in turn, in an order that follows from the seed. */
function dealPatients(
  films: readonly LabelledFeatures[],
  folds: number,
  seed: number,
): ReadonlyMap<string, number> {
  const labels = new Map<string, number[]>()
  for (const { patient, label } of films)
    labels.set(patient, [...(labels.get(patient) ?? []), label])
  const order = shuffled([...labels.keys()].sort(), randomStream(seed, 'label folds'))
  const dealt = new Map<number, number>()
  return new Map(
    order.map((patient) => {
      const label = commonest(labels.get(patient)!)
      const turn = dealt.get(label) ?? 0
      dealt.set(label, turn + 1)
      return [patient, turn % folds]
    }),
  )
}

function commonest(labels: readonly number[]): number {
  const count = (label: number) => labels.filter((other) => other === label).length
  return [...new Set(labels)].sort((a, b) => count(b) - count(a) || a - b)[0]!
}

function scaleOf(films: readonly LabelledFeatures[]) {
  const size = films[0]!.features.length
  const mean = new Float64Array(size)
  const square = new Float64Array(size)
  for (const { features } of films)
    for (let at = 0; at < size; at++) mean[at]! += features[at]! / films.length
  for (const { features } of films)
    for (let at = 0; at < size; at++) square[at]! += (features[at]! - mean[at]!) ** 2 / films.length
  // A feature that never changes says nothing; it stays 0.
  const factor = square.map((variance) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0))
  return (features: Float32Array) => features.map((value, at) => (value - mean[at]!) * factor[at]!)
}
