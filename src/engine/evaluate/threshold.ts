/** Thresholds and zones chosen for a goal on labelled films. */
import { assertNever } from '../../shared/assertNever.ts'
import type { Goal, Zones } from '../../shared/domain/calibration.ts'
import type { CoveragePoint, CurvePoint, ZonesHere } from '../../shared/domain/scoreCard.ts'
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
  const found = zonesHere({ low: lowAt, high: highAt }, scores, labels)
  const { below, uncertain, above, missed, missedCi95, falseAlarms, falseAlarmsCi95 } = found
  return {
    ...{ missAtMost, falseAlarmAtMost, low: lowAt, high: highAt, below, uncertain, above },
    ...{ missed: missed!, missedCi95: missedCi95! },
    ...{ falseAlarms: falseAlarms!, falseAlarmsCi95: falseAlarmsCi95! },
  }
}

/** What lies in zones that were chosen before, on whatever films. */
export function zonesHere(
  { low, high }: Pick<Zones, 'low' | 'high'>,
  scores: readonly number[],
  labels: readonly number[],
): ZonesHere {
  const zone = { below: empty(), uncertain: empty(), above: empty() }
  scores.forEach((score, film) => {
    const figures = score < low ? zone.below : score >= high ? zone.above : zone.uncertain
    figures.films++
    if (labels[film] === 1) figures.positives++
  })
  const sick = labels.filter((label) => label === 1).length
  const healthy = labels.length - sick
  const missed = zone.below.positives
  const alarms = zone.above.films - zone.above.positives
  return {
    ...zone,
    ...(sick > 0 && { missed: missed / sick, missedCi95: wilson(missed, sick)! }),
    ...(healthy > 0 && {
      falseAlarms: alarms / healthy,
      falseAlarmsCi95: wilson(alarms, healthy)!,
    }),
  }
}

const empty = () => ({ films: 0, positives: 0 })

/**
 * The coverage–error curve: films leave by their distance from the threshold on the scale of ranks, the nearest first,
 * those of one distance together, and what remains is decided by the threshold. About `most` points, from all films
 * decided to few.
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
  const stride = Math.max(1, Math.ceil(scores.length / most))
  let [wrong, next] = [0, stride]
  const bounds: { low?: number; high?: number } = {}
  order.forEach(({ film, distance }, place) => {
    const score = scores[film]!
    if (Number(score >= threshold) !== labels[film]) wrong++
    if (score >= threshold) bounds.high = Math.min(bounds.high ?? score, score)
    else bounds.low = Math.max(bounds.low ?? score, score)
    const decided = place + 1
    if (order[decided]?.distance === distance) return
    if (decided < next && decided !== scores.length) return
    next = decided + stride
    points.push({
      ...{ coverage: decided / scores.length, error: wrong / decided },
      ...{ ci95: wilson(wrong, decided)!, ...bounds },
    })
  })
  return points.reverse()
}
