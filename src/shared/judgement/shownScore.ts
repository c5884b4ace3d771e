/** The one scale on which a score of two classes is shown, so that score and threshold can be held against each other. */
import type { CalibrationMethod, Judgement } from '../domain/calibration.ts'
import { calibratedScore } from './calibrate.ts'

export interface ShownScore {
  /** Probabilities where the model has a calibration that holds its test; else what the network gave. */
  readonly scale: 'calibrated' | 'raw'
  /** 0–1, all four on that scale. */
  readonly score: number
  readonly threshold: number
  /** Scores between which films are uncertain; undefined where the threshold alone parts them. */
  readonly between: readonly [low: number, high: number] | undefined
  /**
   * The calibration gives this score and the threshold one and the same probability, though the raw scores differ: on a
   * level of an isotonic map, or beyond its ends. The raw scores decide.
   */
  readonly onLevel: boolean
}

type Judged = Pick<Judgement, 'calibration' | 'zones'> & {
  /** Of the raw score. */
  readonly threshold: number
}

/** All maps rise or stay level, so that no film changes its side of a bound by being shown so. */
export function shownScore(score: number, model: Judged): ShownScore {
  const { threshold, zones } = model
  const probability = calibratedScore(model, score)
  const scale = probability === undefined ? 'raw' : 'calibrated'
  // A bound beyond 0 or 1 is one that no score reaches; mapped, it would come to lie among the scores.
  const shown = (bound: number) =>
    bound <= 0 ? 0 : bound > 1 ? 1 : (calibratedScore(model, bound) ?? bound)
  const at = shown(threshold)
  return {
    scale,
    score: probability ?? score,
    threshold: at,
    between: zones && [shown(zones.low), shown(zones.high)],
    onLevel: probability === at && score !== threshold,
  }
}

/** What a kind of map is called. */
export const calibrationNames: Readonly<Record<CalibrationMethod, string>> = {
  temperature: 'Temperature scaling',
  platt: 'Platt scaling',
  isotonic: 'Isotonic regression',
}
