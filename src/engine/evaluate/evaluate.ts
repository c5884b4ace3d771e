import type { Evaluation } from '../../shared/domain/evaluation.ts'
import { AppError } from '../../shared/errors.ts'
import { rocAuc } from './auc.ts'
import { brierScore, expectedCalibrationError } from './calibration.ts'
import { confusionAt, f1, npv, ppv, sensitivity, specificity } from './confusion.ts'
import { defined } from './defined.ts'

/** A probability is kept this far from 0 and 1 before its logarithm is taken, as Keras does. */
const EPSILON = 1e-7

/**
 * All figures of a model on labelled films.
 * @param probabilities for each film one probability a class, or (two classes) that of the last one alone
 * @param labels class indices
 * @param threshold two classes: scores of the last class at or above it are called; more classes: not used
 * @throws BAD_INPUT without films, or where lengths or labels do not fit; NUMERIC for a probability
 *   outside 0–1 or not finite
 */
export function evaluate(
  probabilities: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classes: readonly string[],
  threshold = 0.5,
): Evaluation {
  const rows = probabilities.map((row, film) => checkedRow(row, film, classes.length))
  checkLabels(labels, rows.length, classes.length)
  const scores = classes.length === 2 ? rows.map((row) => row[1]!) : undefined
  const predicted = rows.map((row, film) =>
    scores ? Number(scores[film]! >= threshold) : indexOfLargest(row),
  )
  return {
    n: rows.length,
    loss: meanCrossEntropy(rows, labels),
    accuracy: predicted.filter((label, film) => label === labels[film]).length / rows.length,
    matrix: confusionMatrix(predicted, labels, classes.length),
    ...(scores && twoClassFigures(scores, labels, threshold)),
  }
}

function twoClassFigures(
  scores: readonly number[],
  labels: ArrayLike<number>,
  threshold: number,
): Partial<Evaluation> {
  const confusion = confusionAt(scores, labels, threshold)
  const roc = rocAuc(scores, labels)
  return defined({
    threshold,
    confusion,
    auc: roc?.auc,
    aucCi95: roc?.ci95,
    sensitivity: sensitivity(confusion),
    specificity: specificity(confusion),
    ppv: ppv(confusion),
    npv: npv(confusion),
    f1: f1(confusion),
    brier: brierScore(scores, labels),
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
