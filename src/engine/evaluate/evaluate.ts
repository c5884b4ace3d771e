import type { Evaluation } from '../../shared/domain/evaluation.ts'
import { AppError } from '../../shared/errors.ts'
import {
  balancedAccuracy,
  confusionAt,
  f1,
  matthews,
  npv,
  ppv,
  sensitivity,
  specificity,
} from '../../shared/judgement/confusion.ts'
import { defined } from '../../shared/judgement/defined.ts'
import { wilson } from '../../shared/judgement/wilson.ts'
import { rocAuc } from './auc.ts'
import { patientBootstrap } from './bootstrap.ts'
import { brierScore, expectedCalibrationError } from './calibration.ts'
import { classFigures, macroFigures, multiclassMatthews } from './classFigures.ts'
import { averagePrecision, curvePoints } from './curves.ts'

/** A probability is kept this far from 0 and 1 before its logarithm is taken, as Keras does. */
const EPSILON = 1e-7

/**
 * All figures of a model on labelled films.
 * @param probabilities for each film one probability a class, or (two classes) that of the last one alone
 * @param labels class indices
 * @param threshold two classes: scores of the last class at or above it are called; more classes: not used
 * @param patients one name a film; with them two classes also get intervals from draws of whole patients
 * @throws BAD_INPUT without films, or where lengths or labels do not fit; NUMERIC for a probability
 *   outside 0–1 or not finite
 */
export function evaluate(
  probabilities: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classes: readonly string[],
  threshold = 0.5,
  patients?: readonly string[],
): Evaluation {
  const rows = probabilities.map((row, film) => checkedRow(row, film, classes.length))
  checkLabels(labels, rows.length, classes.length)
  const scores = classes.length === 2 ? rows.map((row) => row[1]!) : undefined
  const predicted = rows.map((row, film) =>
    scores ? Number(scores[film]! >= threshold) : indexOfLargest(row),
  )
  const right = predicted.filter((label, film) => label === labels[film]).length
  const matrix = confusionMatrix(predicted, labels, classes.length)
  const truths = matrix.map((row) => row.reduce((sum, count) => sum + count, 0))
  return {
    n: rows.length,
    loss: meanCrossEntropy(rows, labels),
    accuracy: right / rows.length,
    ...defined({ accuracyCi95: wilson(right, rows.length) }),
    majorityAccuracy: Math.max(...truths) / rows.length,
    matrix,
    ...(scores
      ? twoClassFigures(scores, labels, threshold, patients)
      : severalClassFigures(matrix, rows, labels)),
  }
}

function severalClassFigures(
  matrix: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  labels: ArrayLike<number>,
): Partial<Evaluation> {
  const perClass = classFigures(matrix, rows, labels)
  const macro = macroFigures(perClass)
  return defined({
    perClass,
    macro,
    balancedAccuracy: macro.recall,
    mcc: multiclassMatthews(matrix),
  })
}

function twoClassFigures(
  scores: readonly number[],
  labels: ArrayLike<number>,
  threshold: number,
  patients: readonly string[] | undefined,
): Partial<Evaluation> {
  const confusion = confusionAt(scores, labels, threshold)
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion
  const roc = rocAuc(scores, labels)
  const drawn = patients && patientBootstrap(scores, labels, patients)
  return defined({
    threshold,
    confusion,
    auc: roc?.auc,
    aucCi95: roc?.ci95,
    aucBootstrapCi95: drawn?.auc,
    averagePrecision: averagePrecision(curvePoints(scores, labels)),
    averagePrecisionCi95: drawn?.averagePrecision,
    sensitivity: sensitivity(confusion),
    sensitivityCi95: wilson(truePositives, truePositives + falseNegatives),
    specificity: specificity(confusion),
    specificityCi95: wilson(trueNegatives, trueNegatives + falsePositives),
    ppv: ppv(confusion),
    ppvCi95: wilson(truePositives, truePositives + falsePositives),
    npv: npv(confusion),
    npvCi95: wilson(trueNegatives, trueNegatives + falseNegatives),
    f1: f1(confusion),
    mcc: matthews(confusion),
    balancedAccuracy: balancedAccuracy(confusion),
    brier: brierScore(scores, labels),
    brierCi95: drawn?.brier,
    ece: expectedCalibrationError(scores, labels),
  })
}

/** Mean of −log of the true class's probability. `rows` hold one probability a class. */
function meanCrossEntropy(rows: readonly ArrayLike<number>[], labels: ArrayLike<number>): number {
  const sum = rows.reduce((total, row, film) => {
    const likelihood = row[labels[film]!]!
    return total - Math.log(Math.min(Math.max(likelihood, EPSILON), 1 - EPSILON))
  }, 0)
  return sum / rows.length
}

/** Films by true class (rows) and predicted class (columns). */
function confusionMatrix(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let film = 0; film < predicted.length; film++) {
    matrix[labels[film]!]![predicted[film]!]!++
  }
  return matrix
}

function checkedRow(row: ArrayLike<number>, film: number, classes: number): number[] {
  const shares = Array.from(row, (value) => {
    // Softmax rounds; a share of 1.0000001 is no mistake of the model.
    if (value >= -EPSILON && value <= 1 + EPSILON) return Math.min(Math.max(value, 0), 1)
    throw new AppError(
      'NUMERIC',
      `Film ${film + 1} has the score ${value}, which is no probability`,
    )
  })
  if (shares.length === classes) return shares
  const [positive] = shares
  if (shares.length === 1 && classes === 2) return [1 - positive!, positive!]
  throw new AppError('BAD_INPUT', `${shares.length} scores a film do not fit ${classes} classes`)
}

function checkLabels(labels: ArrayLike<number>, films: number, classes: number): void {
  if (films === 0) throw new AppError('BAD_INPUT', 'There are no films to evaluate')
  if (labels.length !== films) {
    throw new AppError('BAD_INPUT', `${labels.length} labels do not fit ${films} films`)
  }
  const isClass = (label: number) => Number.isInteger(label) && label >= 0 && label < classes
  const stray = Array.from(labels).find((label) => !isClass(label))
  if (stray !== undefined) {
    throw new AppError('BAD_INPUT', `Label ${stray} is none of the ${classes} classes`)
  }
}

function indexOfLargest(row: ArrayLike<number>): number {
  let largest = 0
  for (let at = 1; at < row.length; at++) if (row[at]! > row[largest]!) largest = at
  return largest
}
