/** A score in words and codes, the same for reports, pictures and tables. */
import type { OutsideReason } from '../../shared/domain/envelope.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { calibratedScore } from '../../shared/judgement/calibrate.ts'
import { outsideCell } from '../../shared/judgement/outsideCell.ts'
import { calibrationNames } from '../../shared/judgement/shownScore.ts'
import { type Code, own } from './contentItems.ts'

export const NOTICE = 'Research use only. Not a medical device.'

export interface Score {
  /** One probability a class, in the order of the model's classes. */
  readonly probabilities: readonly number[]
  /** A person said that the film's file tells black from white wrong, and the film was scored the other way round. */
  readonly turned: boolean
  /** Why the film may lie outside of the training films. */
  readonly outside: readonly OutsideReason[]
}

export interface Decision {
  /** The class that is called, and its raw score. */
  readonly called: string
  /** Of two classes the second one's; of more, the likeliest's. */
  readonly scoredClass: string
  readonly score: number
  /** Of two classes. */
  readonly threshold: number | undefined
  /** Where the model has a calibration that holds its test. */
  readonly calibrated: number | undefined
}

export function decisionOf({ probabilities }: Score, manifest: ModelManifest): Decision {
  const { classes, threshold } = manifest
  if (classes.length === 2) {
    const score = probabilities[1]!
    return {
      ...{ called: classes[score >= threshold ? 1 : 0]!, scoredClass: classes[1]! },
      ...{ score, threshold, calibrated: calibratedScore(manifest, score) },
    }
  }
  const score = Math.max(...probabilities)
  const called = classes[probabilities.indexOf(score)]!
  return { called, scoredClass: called, score, threshold: undefined, calibrated: undefined }
}

/** Lines for a picture; the notice comes last. */
export function scoreLines(score: Score, manifest: ModelManifest): readonly string[] {
  const {
    called,
    scoredClass,
    score: value,
    threshold,
    calibrated: mapped,
  } = decisionOf(score, manifest)
  const lines = [
    `Raw score for ${scoredClass}: ${value.toFixed(3)}${threshold === undefined ? '' : `, threshold ${threshold.toFixed(3)}`}`,
    mapped === undefined
      ? 'No calibrated probability'
      : `Calibrated probability ${mapped.toFixed(3)}`,
    ...testLines(manifest.calibration, mapped),
    `Called ${called} by ${manifest.name}`,
    score.outside.length > 0 ? `Outside of the training films: ${outsideCell(score.outside)}` : '',
    score.turned ? 'Polarity turned by the reader' : '',
    manifest.card.synthetic ? 'The model was trained on SYNTHETIC films' : '',
    manifest.card.leak ? 'The model was trained on a LEAKY SPLIT: its figures flatter it' : '',
    NOTICE,
  ]
  return lines.filter((line) => line !== '')
}

/** Nothing is called calibrated without the test of it. */
const testLines = (
  calibration: ModelManifest['calibration'],
  mapped: number | undefined,
): string[] =>
  calibration && mapped !== undefined
    ? [
        `${calibrationNames[calibration.map.kind]}; error on other patients ${calibration.test.calibrated.ece.toFixed(3)}, raw ${calibration.test.raw.ece.toFixed(3)}`,
      ]
    : []

/** A class of the model as a finding; pneumonia has a code of its own. */
export const findingOf = (className: string): Code =>
  /^pneumonia$/i.test(className)
    ? { value: '233604007', scheme: 'SCT', meaning: 'Pneumonia' }
    : own(className.toUpperCase(), className)
