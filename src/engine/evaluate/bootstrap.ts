/** Intervals from draws of whole patients: films of one patient are no independent witnesses. */
import type { Interval } from '../../shared/domain/evaluation.ts'
import { below, randomStream } from '../data/random.ts'

export interface BootstrapIntervals {
  readonly auc?: Interval
  readonly averagePrecision?: Interval
  readonly brier?: Interval
}

export interface BootstrapOptions {
  readonly draws?: number
  readonly seed?: number
}

/**
 * 95 % percentile intervals (Efron 1979) over `draws` samples of as many patients as there are, with replacement. A
 * draw without films of both kinds says nothing about a curve and is left out; an interval needs half of the draws.
 */
export function patientBootstrap(
  scores: readonly number[],
  labels: ArrayLike<number>,
  patients: readonly string[],
  { draws = 1000, seed = 1 }: BootstrapOptions = {},
): BootstrapIntervals {
  const patientOf = numbered(patients)
  const sorted = sortedFilms(scores, labels, patientOf)
  const found = { auc: [] as number[], averagePrecision: [] as number[], brier: [] as number[] }
  for (const times of drawnPatients(patientOf, draws, seed)) {
    const figures = weightedFigures(sorted, times)
    if (figures.auc !== undefined) found.auc.push(figures.auc)
    if (figures.averagePrecision !== undefined)
      found.averagePrecision.push(figures.averagePrecision)
    if (figures.brier !== undefined) found.brier.push(figures.brier)
  }
  const [auc, precision, brier] = [found.auc, found.averagePrecision, found.brier].map((values) =>
    values.length * 2 >= draws ? percentiles(values) : undefined,
  )
  return {
    ...(auc && { auc }),
    ...(precision && { averagePrecision: precision }),
    ...(brier && { brier }),
  }
}

/**
 * 95 % percentile interval of how much larger the AUC of `first` is than that of `second`, two scores of the same films, over
 * draws of whole patients; undefined where fewer than half of the draws hold films of both kinds.
 */
export function patientAucDifference(
  first: readonly number[],
  second: readonly number[],
  labels: ArrayLike<number>,
  patients: readonly string[],
  { draws = 1000, seed = 1 }: BootstrapOptions = {},
): Interval | undefined {
  const patientOf = numbered(patients)
  const [one, other] = [first, second].map((scores) => sortedFilms(scores, labels, patientOf))
  const differences: number[] = []
  for (const times of drawnPatients(patientOf, draws, seed)) {
    const [auc, otherAuc] = [one!, other!].map((films) => weightedFigures(films, times).auc)
    if (auc !== undefined && otherAuc !== undefined) differences.push(auc - otherAuc)
  }
  return differences.length * 2 >= draws ? percentiles(differences) : undefined
}

/** Names as numbers from 0 on. */
function numbered(names: readonly string[]): number[] {
  const numbers = new Map<string, number>()
  return names.map((name) => {
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  })
}

/** How often each patient is in each draw of as many patients as there are. The same array every time. */
function* drawnPatients(patientOf: readonly number[], draws: number, seed: number) {
  const random = randomStream(seed, 'bootstrap')
  const times = new Uint32Array(
    patientOf.reduce((most, patient) => Math.max(most, patient), -1) + 1,
  )
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0)
    times.forEach(() => times[below(random, times.length)]!++)
    yield times
  }
}

/** The highest score first. */
const sortedFilms = (
  scores: readonly number[],
  labels: ArrayLike<number>,
  patientOf: readonly number[],
): SortedFilm[] =>
  scores
    .map((score, film) => ({ score, isSick: labels[film] === 1, patient: patientOf[film]! }))
    .sort((a, b) => b.score - a.score)

interface SortedFilm {
  readonly score: number
  readonly isSick: boolean
  readonly patient: number
}

/** Figures of films in falling order of score, each counted as often as its patient was drawn. */
function weightedFigures(films: readonly SortedFilm[], times: Uint32Array) {
  let [sick, healthy, pairs, precisions, errors] = [0, 0, 0, 0, 0]
  for (let from = 0; from < films.length;) {
    const { score } = films[from]!
    let [sickHere, healthyHere, to] = [0, 0, from]
    for (; to < films.length && films[to]!.score === score; to++) {
      const { isSick, patient } = films[to]!
      if (isSick) sickHere += times[patient]!
      else healthyHere += times[patient]!
    }
    pairs += healthyHere * (sick + sickHere / 2)
    sick += sickHere
    healthy += healthyHere
    if (sickHere > 0) precisions += sickHere * (sick / (sick + healthy))
    errors += sickHere * (1 - score) ** 2 + healthyHere * score ** 2
    from = to
  }
  return {
    auc: sick * healthy === 0 ? undefined : pairs / (sick * healthy),
    averagePrecision: sick === 0 ? undefined : Math.min(1, precisions / sick),
    brier: sick + healthy === 0 ? undefined : errors / (sick + healthy),
  }
}

/** The 2.5th and 97.5th percentile, between order statistics as NumPy does by default. */
function percentiles(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const low = Math.floor(place)
    const high = Math.min(low + 1, sorted.length - 1)
    return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!)
  }
  return [at(0.025), at(0.975)]
}
