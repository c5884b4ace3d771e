/** Thresholds and zones chosen for a goal on labelled films. */
import { assertNever } from '../../shared/assertNever.ts'
import type { Goal, Zones } from '../../shared/domain/calibration.ts'
import type { CoveragePoint, CurvePoint } from '../../shared/domain/scoreCard.ts'
import { AppError } from '../../shared/errors.ts'
import { wilson } from '../../shared/judgement/wilson.ts'
import { curvePoints } from './curves.ts'

/**
 * The raw threshold that reaches a goal on these films; among equals the higher one, which flags fewer films. It lies
 * half-way between the last score that is called and the next that is not, so that a rounding decides nothing.
 * Throws BAD_INPUT when films of one class are missing.
 */
export function chooseThreshold(
  goal: Exclude<Goal, { kind: 'manual' }>,
  scores: readonly number[],
  labels: readonly number[],
): number {
  const points = curvePoints(scores, labels)
  const { truePositives: sick, falsePositives: healthy } = requireBoth(points)
  const worth = ({ truePositives, falsePositives }: CurvePoint): number => {
    const [found, alarms] = [truePositives / sick, falsePositives / healthy]
    switch (goal.kind) {
      case 'sensitivity':
        return found >= goal.atLeast ? 1 - alarms : found - 2
      case 'specificity':
        return 1 - alarms >= goal.atLeast ? found : -1 - alarms
      case 'youden':
        return found - alarms
      case 'cost': {
        const prevalence = goal.prevalence ?? sick / (sick + healthy)
        return -(
          goal.missed * (1 - found) * prevalence +
          goal.falseAlarm * alarms * (1 - prevalence)
        )
      }
      default:
        return assertNever(goal)
    }
  }
  // The first of equals calls least: the curve begins where nothing is called.
  let best = 0
  points.forEach((point, place) => {
    if (worth(point) > worth(points[best]!)) best = place
  })
  return midway(points, best)
}

/** Between the scores of this point and the next. */
function midway(points: readonly CurvePoint[], place: number): number {
  const called = points[place]!.threshold
  const next = points[place + 1]?.threshold
  if (called === undefined) return Math.min(1, (next! + 1) / 2)
  return next === undefined ? called / 2 : (called + next) / 2
}

function requireBoth(points: readonly CurvePoint[]) {
  const last = points.at(-1)!
  if (last.truePositives > 0 && last.falsePositives > 0) return last
  throw new AppError('BAD_INPUT', 'A threshold needs films of both classes to be chosen on')
}

type ZoneLimits = Omit<Zones, 'modelHash' | 'on' | 'createdAt'>

/**
 * The widest zones below and above that keep to the risks on these films, one on each side of the threshold: a film that
 * is called never lies in the zone below, and one that is not never in the zone above. Where the model parts films so
 * well that both would reach the threshold, nothing is uncertain. Throws BAD_INPUT when films of one class are missing.
 */
export function chooseZones(
  { missAtMost, falseAlarmAtMost }: Pick<Zones, 'missAtMost' | 'falseAlarmAtMost'>,
  threshold: number,
  scores: readonly number[],
  labels: readonly number[],
): ZoneLimits {
  const points = curvePoints(scores, labels)
  const { truePositives: sick, falsePositives: healthy } = requireBoth(points)
  // Highest threshold that still finds enough; lowest that still clears enough.
  const low = points.findIndex(({ truePositives }) => sick - truePositives <= missAtMost * sick)
  const high = points.length - 1 - [...points].reverse().findIndex(({ falsePositives }) => falsePositives <= falseAlarmAtMost * healthy) // prettier-ignore
  const lowAt = Math.min(midway(points, low), threshold)
  const highAt = Math.max(midway(points, high), threshold)
  const zone = { below: empty(), uncertain: empty(), above: empty() }
  scores.forEach((score, film) => {
    const figures = score < lowAt ? zone.below : score >= highAt ? zone.above : zone.uncertain
    figures.films++
    if (labels[film] === 1) figures.positives++
  })
  const alarms = zone.above.films - zone.above.positives
  return {
    ...{ missAtMost, falseAlarmAtMost, low: lowAt, high: highAt, ...zone },
    missed: zone.below.positives / sick,
    missedCi95: wilson(zone.below.positives, sick)!,
    falseAlarms: alarms / healthy,
    falseAlarmsCi95: wilson(alarms, healthy)!,
  }
}

const empty = () => ({ films: 0, positives: 0 })

/**
 * The coverage–error curve: films leave by their distance from the threshold on the scale of ranks, the nearest first,
 * and what remains is decided by the threshold. At most `most` points, from all films decided to few.
 */
export function coverageErrors(
  scores: readonly number[],
  labels: readonly number[],
  threshold: number,
  most = 100,
): CoveragePoint[] {
  const sorted = [...scores].sort((a, b) => a - b)
  const rank = (score: number) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < score) low = middle + 1
      else high = middle
    }
    return low
  }
  const cut = rank(threshold)
  const order = scores
    .map((score, film) => ({ film, distance: Math.abs(rank(score) + 0.5 - cut) }))
    .sort((a, b) => b.distance - a.distance)
  const points: CoveragePoint[] = []
  let wrong = 0
  const stride = Math.max(1, Math.ceil(scores.length / most))
  order.forEach(({ film }, place) => {
    if (Number(scores[film]! >= threshold) !== labels[film]) wrong++
    const decided = place + 1
    if (decided % stride !== 0 && decided !== scores.length) return
    points.push({
      coverage: decided / scores.length,
      error: wrong / decided,
      ci95: wilson(wrong, decided)!,
    })
  })
  return points.reverse()
}
