import type { Job } from '../../../shared/rpc/contract.ts'
import { unpackFeatures, type PackedFeatures } from '../featureDistances.ts'
import { suspectLabels, type SuspectLabel } from './confidentLearning.ts'
import { crossPredict, type CrossOrder } from './crossPredict.ts'

export interface LabelOrder extends PackedFeatures, CrossOrder {
  readonly labels: readonly number[]
  /** Films of one number never stand on both sides of a fold. */
  readonly patients: readonly number[]
}

export interface LabelCheck {
  /** The most wrong first, with the probabilities of the film's own class and of the predicted one. */
  readonly suspects: (Omit<SuspectLabel, 'margin'> & { own: number; other: number })[]
  /** Share of the films whose label is the likeliest class. */
  readonly agreement: number
}

/** Labels that a logistic head on the features speaks against, learned k times from other patients. Throws CANCELLED. */
export async function checkLabels(
  { labels, patients, ...order }: LabelOrder,
  job: Job<{ done: number; total: number }>,
): Promise<LabelCheck> {
  const films = unpackFeatures(order).map((features, at) => ({
    ...{ features, label: labels[at]!, patient: String(patients[at]!) },
  }))
  const rows = await crossPredict(films, order, job)
  const predicted = rows.map((probabilities, at) => ({ label: labels[at]!, probabilities }))
  const agreeing = predicted.filter(({ label, probabilities }) =>
    probabilities.every((value) => value <= probabilities[label]!),
  )
  return {
    agreement: agreeing.length / films.length,
    suspects: suspectLabels(predicted, order.classes).map(({ film, predicted: other }) => ({
      ...{ film, predicted: other },
      own: rows[film]![labels[film]!]!,
      other: rows[film]![other]!,
    })),
  }
}
