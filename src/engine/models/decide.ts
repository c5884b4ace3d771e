/** Calibration, threshold and zones, chosen on labelled films and written into a package. */
import type { JudgedSet, OperatingPoint } from '../../shared/domain/calibration.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { JudgementOrder, LabelledScores } from '../../shared/domain/scoreCard.ts'
import { AppError } from '../../shared/errors.ts'
import { confusionAt } from '../../shared/judgement/confusion.ts'
import { fitCalibration } from '../evaluate/fitCalibration.ts'
import { chooseThreshold, chooseZones } from '../evaluate/threshold.ts'
import { WEIGHTS } from './manifest.ts'
import { readManifest, saveJudgement } from './package.ts'

export interface DecideOrder extends JudgementOrder {
  readonly folder: string
  readonly scored: LabelledScores
  /** The films of `scored`. */
  readonly on: JudgedSet
}

/**
 * What was asked for, bound to the weights and the films; the package's other decisions stay. Zones enclose the
 * threshold: where it moves, they are chosen anew with their risks, on these films.
 * Throws BAD_INPUT (not two classes, too few films), BAD_MODEL, NOT_FOUND.
 */
export async function decide(
  order: DecideOrder,
  now: () => Date = () => new Date(),
): Promise<ModelManifest> {
  const { folder, scored, on, calibration: method, goal } = order
  const manifest = await readManifest(folder)
  if (manifest.classes.length !== 2) {
    throw new AppError(
      'BAD_INPUT',
      'Only a model of two classes has a threshold and a calibration; of more, the likeliest class is named',
    )
  }
  const scores = scored.probabilities.map((row) => row.at(-1)!)
  const { labels, patients } = scored
  const bound = {
    ...{ modelHash: manifest.files[WEIGHTS]!.sha256, on },
    createdAt: now().toISOString(),
  }
  const operatingPoint =
    goal && pointOf(goal, order.threshold ?? manifest.threshold, scores, labels)
  const threshold = operatingPoint?.threshold ?? manifest.threshold
  const moved = threshold !== manifest.threshold
  const risks = order.zones === undefined && moved ? manifest.zones : order.zones
  return saveJudgement(folder, {
    ...(method !== undefined && {
      calibration: method && { ...fitCalibration(method, { scores, labels, patients }), ...bound },
    }),
    ...(goal !== undefined && {
      operatingPoint: operatingPoint && { ...operatingPoint, ...bound },
    }),
    ...(risks !== undefined && {
      zones: risks && { ...chooseZones(risks, threshold, scores, labels), ...bound },
    }),
  })
}

function pointOf(
  goal: OperatingPoint['goal'],
  manual: number,
  scores: readonly number[],
  labels: readonly number[],
): Pick<OperatingPoint, 'goal' | 'threshold' | 'confusion'> {
  const threshold = goal.kind === 'manual' ? manual : chooseThreshold(goal, scores, labels)
  return { goal, threshold, confusion: confusionAt(scores, labels, threshold) }
}
