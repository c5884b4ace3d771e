/** Figures and curves of a model on labelled films, from scores that it gave before. */
import type { CalibrationMap, Zones } from '../../shared/domain/calibration.ts'
import type { CurvePoint, LabelledScores, ScoreFigures } from '../../shared/domain/scoreCard.ts'
import { calibrated } from '../../shared/judgement/calibrate.ts'
import { BINS, calibrationBins } from './calibration.ts'
import { curvePoints } from './curves.ts'
import { evaluate } from './evaluate.ts'
import { coverageErrors, zonesHere } from './threshold.ts'

/** More points than a chart has pixels only make a message long. */
const MOST_POINTS = 1000

export interface JudgeOrder extends LabelledScores {
  readonly classes: readonly string[]
  /** Of the raw score; two classes only. */
  readonly threshold: number
  readonly calibration?: CalibrationMap | undefined
  readonly zones?: Pick<Zones, 'low' | 'high'> | undefined
  /** For each property its value for each film. */
  readonly facets?: Readonly<Record<string, readonly string[]>> | undefined
}

/** Throws BAD_INPUT where films, labels and classes do not fit each other. */
export function judge(order: JudgeOrder): ScoreFigures {
  const { probabilities, labels, patients, classes, threshold, calibration, zones } = order
  const evaluation = evaluate(probabilities, labels, classes, threshold, patients)
  if (classes.length !== 2) {
    const none = { curve: [], bins: [], calibratedBins: [], coverage: [] }
    return { evaluation, ...none, subgroups: subgroupsOf(order) }
  }
  const scores = probabilities.map((row) => row.at(-1)!)
  return {
    evaluation,
    curve: thinned(curvePoints(scores, labels)),
    bins: calibrationBins(scores, labels),
    calibratedBins: calibration
      ? calibrationBins(
          scores.map((score) => calibrated(calibration, score)),
          labels,
          BINS,
          scores,
        )
      : [],
    coverage: coverageErrors(scores, labels, threshold),
    ...(zones && { zones: zonesHere(zones, scores, labels) }),
    subgroups: subgroupsOf(order),
  }
}

function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const stride = Math.ceil(points.length / MOST_POINTS)
  return points.filter((_, place) => place % stride === 0 || place === points.length - 1)
}

/** Each value of each property, largest first. */
function subgroupsOf({ facets = {}, probabilities, labels, classes, threshold }: JudgeOrder) {
  return Object.entries(facets).flatMap(([facet, values]) => {
    const places = new Map<string, number[]>()
    values.forEach((value, film) => grouped(places, value).push(film))
    return [...places]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([value, films]) => ({
        ...{ facet, value },
        evaluation: evaluate(
          films.map((film) => probabilities[film]!),
          films.map((film) => labels[film]!),
          classes,
          threshold,
        ),
      }))
  })
}

function grouped(places: Map<string, number[]>, value: string): number[] {
  const films = places.get(value) ?? []
  places.set(value, films)
  return films
}
