/**
 * Which labels predictions speak against, as confident learning finds them (Northcutt, Jiang and Chuang 2021, «Confident
 * Learning: Estimating Uncertainty in Dataset Labels»). The predictions must come from models that did not learn from the
 * film that they are of.
 */

/** A film's label among the classes, and what was predicted of it: one probability a class. */
export interface PredictedLabel {
  readonly label: number
  readonly probabilities: ArrayLike<number>
}

export interface SuspectLabel {
  /** Place of the film in the list. */
  readonly film: number
  /** The class that is likeliest by the prediction. */
  readonly predicted: number
  /** Its own class's probability less the predicted one's: −1 is the most wrong. */
  readonly margin: number
}

/**
 * For each class the mean probability that films with its label get for it; 1 for a class without films, which then
 * nothing reaches.
 */
export function selfConfidences(films: readonly PredictedLabel[], classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => {
    const own = films.filter((film) => film.label === label)
    if (own.length === 0) return 1
    return own.reduce((sum, { probabilities }) => sum + probabilities[label]!, 0) / own.length
  })
}

/**
 * [given label][likely true label]: films whose probability reaches the class's mean self-confidence, each counted once,
 * under its likeliest class. Each row is then scaled to the films of its label and the whole rounded, as each row keeps
 * its sum. A class always keeps one film on the diagonal.
 */
export function confidentJoint(films: readonly PredictedLabel[], classes: number): number[][] {
  const thresholds = selfConfidences(films, classes)
  const counts = square(classes)
  for (const { label, probabilities } of films) {
    const reached = thresholds.flatMap((threshold, other) =>
      probabilities[other]! >= threshold - TINY ? [other] : [],
    )
    if (reached.length === 0) continue
    const likely = reached.length > 1 ? likeliest(probabilities) : reached[0]!
    counts[label]![likely]!++
  }
  counts.forEach((row, label) => (row[label] = Math.max(1, row[label]!)))
  return counts.map((row, label) =>
    calibrated(
      row,
      films.filter((film) => film.label === label),
    ),
  )
}

/** Rounding of sums must not keep a film under its class's own mean. */
const TINY = 1e-6

function calibrated(row: readonly number[], films: readonly PredictedLabel[]): number[] {
  const total = row.reduce((sum, count) => sum + count, 0)
  return roundedToSum(
    row.map((count) => (count / total) * films.length),
    films.length,
  )
}

/** Whole numbers of the given sum: rounded, halves to even, and those that lost most are put right. */
function roundedToSum(values: readonly number[], sum: number): number[] {
  const rounded = values.map((value) =>
    value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value),
  )
  let missing = sum - rounded.reduce((total, value) => total + value, 0)
  const step = Math.sign(missing)
  const order = values
    .map((value, at) => ({ at, lost: step * (value - rounded[at]!) }))
    .sort((a, b) => b.lost - a.lost || a.at - b.at)
  for (const { at } of order) {
    if (missing === 0) break
    rounded[at]! += step
    missing -= step
  }
  return rounded
}

/**
 * Labels to look at, the most wrong first. Of each class as many films as the joint counts off its diagonal, those with
 * the least probability of their own class («prune by class»); never those that the prediction agrees with; in the order
 * of the normalised margin.
 */
export function suspectLabels(films: readonly PredictedLabel[], classes: number): SuspectLabel[] {
  const joint = confidentJoint(films, classes)
  return joint
    .flatMap((row, label) => {
      const own = films.flatMap((film, at) => (film.label === label ? [at] : []))
      const wrong = Math.min(own.length - 1, own.length - row[label]!)
      return pruned(films, own, wrong)
    })
    .sort((a, b) => a.margin - b.margin || a.film - b.film)
}

function pruned(
  films: readonly PredictedLabel[],
  own: readonly number[],
  wrong: number,
): SuspectLabel[] {
  if (wrong <= 0) return []
  const confidence = (at: number) => films[at]!.probabilities[films[at]!.label]!
  const rising = own.map(confidence).sort((a, b) => a - b)
  const limit = rising[wrong]!
  return own.flatMap((film) => {
    const { label, probabilities } = films[film]!
    const predicted = likeliest(probabilities)
    if (confidence(film) >= limit || predicted === label) return []
    return [{ film, predicted, margin: probabilities[label]! - probabilities[predicted]! }]
  })
}

const square = (size: number): number[][] =>
  Array.from({ length: size }, () => new Array<number>(size).fill(0))

function likeliest(probabilities: ArrayLike<number>): number {
  let best = 0
  for (let at = 1; at < probabilities.length; at++)
    if (probabilities[at]! > probabilities[best]!) best = at
  return best
}
