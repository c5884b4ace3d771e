/** Fits of raw scores to outcomes, on validation films alone. */
import { assertNever } from '../../shared/assertNever.ts'
import type {
  Calibration,
  CalibrationFigures,
  CalibrationMap,
  CalibrationMethod,
} from '../../shared/domain/calibration.ts'
import { AppError } from '../../shared/errors.ts'
import { calibrated, logit, sigmoid } from '../../shared/judgement/calibrate.ts'
import { below, randomStream } from '../data/random.ts'
import { brierScore, expectedCalibrationError } from './calibration.ts'

export interface ScoredFilms {
  readonly scores: readonly number[]
  /** 1 is positive. */
  readonly labels: readonly number[]
  /** One name a film. */
  readonly patients: readonly string[]
}

const FOLDS = 5
/** A map made from fewer films of a kind would be noise. */
const LEAST_OF_A_KIND = 10

/**
 * A map from score to probability, and its test on films it was not made from: the patients are dealt into five folds
 * and each fold is mapped by a fit of the other four. Throws BAD_INPUT with fewer than ten films of either kind.
 */
export function fitCalibration(
  method: CalibrationMethod,
  data: ScoredFilms,
  seed = 1,
): Pick<Calibration, 'map' | 'test'> {
  const positives = data.labels.filter((label) => label === 1).length
  if (Math.min(positives, data.labels.length - positives) < LEAST_OF_A_KIND) {
    throw new AppError(
      'BAD_INPUT',
      `A calibration needs at least ${LEAST_OF_A_KIND} films of each class; there are ${positives} positive and ${data.labels.length - positives} negative ones`,
    )
  }
  const folds = dealPatients(data.patients, seed)
  const unseen = data.scores.map(() => 0)
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = folds.flatMap((own, film) => (own === fold ? [] : [film]))
    const map = fitMap(method, at(data.scores, others), at(data.labels, others))
    folds.forEach((own, film) => {
      if (own === fold) unseen[film] = calibrated(map, data.scores[film]!)
    })
  }
  return {
    map: fitMap(method, data.scores, data.labels),
    test: {
      folds: FOLDS,
      raw: calibrationFigures(data.scores, data.labels),
      calibrated: calibrationFigures(unseen, data.labels),
    },
  }
}

const at = (values: readonly number[], places: readonly number[]) =>
  places.map((place) => values[place]!)

function dealPatients(patients: readonly string[], seed: number): number[] {
  const random = randomStream(seed, 'calibration folds')
  const names = [...new Set(patients)].sort()
  for (let place = names.length - 1; place > 0; place--) {
    const other = below(random, place + 1)
    ;[names[place], names[other]] = [names[other]!, names[place]!]
  }
  const folds = new Map(names.map((name, place) => [name, place % FOLDS]))
  return patients.map((name) => folds.get(name)!)
}

function calibrationFigures(
  scores: readonly number[],
  labels: readonly number[],
): CalibrationFigures {
  const loss = scores.reduce((sum, score, film) => sum + lossOf(logit(score), labels[film]!), 0)
  return {
    loss: loss / scores.length,
    brier: brierScore(scores, labels)!,
    ece: expectedCalibrationError(scores, labels)!,
  }
}

/** −log of the outcome's probability, from the logit. */
const lossOf = (value: number, label: number): number =>
  Math.max(value, 0) - value * label + Math.log1p(Math.exp(-Math.abs(value)))

/** A map of one kind that fits the films best. */
export function fitMap(
  method: CalibrationMethod,
  scores: readonly number[],
  labels: readonly number[],
): CalibrationMap {
  switch (method) {
    case 'temperature':
      return { kind: method, temperature: 1 / logisticFit(scores.map(logit), labels, false).slope }
    case 'platt':
      return { kind: method, ...logisticFit(scores.map(logit), plattTargets(labels), true) }
    case 'isotonic':
      return { kind: method, ...isotonicFit(scores, labels) }
    default:
      return assertNever(method)
  }
}

/** Bounds of a slope: beyond them a curve is a step, or level. */
const [LEAST_SLOPE, MOST_SLOPE] = [1e-3, 1e3]

/** (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2): they keep the fit finite where scores part the films completely (Platt 1999). */
function plattTargets(labels: readonly number[]): number[] {
  const positives = labels.filter((label) => label === 1).length
  const high = (positives + 1) / (positives + 2)
  const low = 1 / (labels.length - positives + 2)
  return labels.map((label) => (label === 1 ? high : low))
}

/** Slope (and intercept) with the least cross-entropy, by Newton's method with halved steps. */
function logisticFit(
  logits: readonly number[],
  targets: readonly number[],
  hasIntercept: boolean,
): { slope: number; intercept: number } {
  const lossAt = (slope: number, intercept: number) =>
    logits.reduce((sum, x, film) => sum + lossOf(slope * x + intercept, targets[film]!), 0)
  let [slope, intercept] = [1, 0]
  let loss = lossAt(slope, intercept)
  for (let step = 0; step < 100; step++) {
    const [bySlope, byIntercept] = newtonStep(logits, targets, slope, intercept, hasIntercept)
    let size = 1
    let [nextSlope, nextIntercept, nextLoss] = [slope, intercept, Infinity]
    for (; size > 1e-10; size /= 2) {
      nextSlope = Math.min(MOST_SLOPE, Math.max(LEAST_SLOPE, slope - size * bySlope))
      nextIntercept = intercept - size * byIntercept
      nextLoss = lossAt(nextSlope, nextIntercept)
      if (nextLoss <= loss) break
    }
    if (!(nextLoss < loss)) break
    const gained = loss - nextLoss
    ;[slope, intercept, loss] = [nextSlope, nextIntercept, nextLoss]
    if (gained < 1e-14 * (1 + loss)) break
  }
  return { slope, intercept }
}

function newtonStep(
  logits: readonly number[],
  targets: readonly number[],
  slope: number,
  intercept: number,
  hasIntercept: boolean,
): [number, number] {
  // A hair of ridge keeps the matrix invertible where all logits are alike.
  let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9]
  logits.forEach((x, film) => {
    const p = sigmoid(slope * x + intercept)
    const [error, weight] = [p - targets[film]!, p * (1 - p)]
    g0 += error * x
    g1 += error
    h00 += weight * x * x
    h01 += weight * x
    h11 += weight
  })
  if (!hasIntercept) return [g0 / h00, 0]
  const determinant = h00 * h11 - h01 * h01
  return [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant]
}

/** Pool adjacent violators (Ayer et al. 1955) on the mean outcome of each score; knots at both ends of each level. */
function isotonicFit(scores: readonly number[], labels: readonly number[]) {
  const order = scores.map((_, film) => film).sort((a, b) => scores[a]! - scores[b]!)
  const blocks: { from: number; to: number; films: number; positives: number }[] = []
  for (const film of order) {
    const score = scores[film]!
    const positives = Number(labels[film] === 1)
    const last = blocks.at(-1)
    if (last?.to === score && last.from === score) {
      last.films++
      last.positives += positives
    } else blocks.push({ from: score, to: score, films: 1, positives })
  }
  const pooled: typeof blocks = []
  for (const block of blocks) {
    let joined = block
    for (
      let last = pooled.at(-1);
      last && last.positives * joined.films >= joined.positives * last.films;
      last = pooled.at(-1)
    ) {
      pooled.pop()
      joined = {
        from: last.from,
        to: joined.to,
        films: last.films + joined.films,
        positives: last.positives + joined.positives,
      }
    }
    pooled.push(joined)
  }
  const knots = pooled.flatMap(({ from, to, films, positives }) => {
    const probability = positives / films
    return from === to ? [[from, probability]] : [[from, probability], [to, probability]] // prettier-ignore
  })
  return { scores: knots.map(([x]) => x!), probabilities: knots.map(([, y]) => y!) }
}
