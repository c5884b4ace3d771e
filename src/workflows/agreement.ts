import type {
  Agreement,
  AgreementFigures,
  AgreementTable,
  ChangedMind,
} from '../shared/domain/agreement.ts'
import type { Reading, Verdict, WorklistItem } from '../shared/domain/review.ts'
import type { StoredModel } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { kappa, share } from './agreementFigures.ts'

/** A film with every verdict on it and what the model says of it. */
export interface ReadFilm {
  readonly item: WorklistItem
  readonly readings: readonly Reading[]
  /** Whether the model calls it pneumonia; undefined without a score. */
  readonly flagged: boolean | undefined
  /** The model's score for pneumonia. */
  readonly score: number | undefined
}

/** Undefined where the model does not tell normal films from others. */
export function readFilms(store: Store, model: StoredModel): ReadFilm[] | undefined {
  const judge = judgeOf(model.manifest)
  if (!judge) return undefined
  return store.review.items(model.id).map((item) => ({
    item,
    readings: item.verdict ? store.review.readings(item.image.id) : [],
    ...(item.prediction
      ? judge(item.prediction.probabilities)
      : { flagged: undefined, score: undefined }),
  }))
}

/** Reader against model over the films of the worklist. */
export function agreementOf(films: readonly ReadFilm[], model: StoredModel): Agreement {
  const { name, threshold, classes } = model.manifest
  const times = films.flatMap(({ readings }) => readings[0]?.seconds ?? [])
  return {
    modelName: name,
    ...(classes.length === 2 ? { threshold } : {}),
    standing: figures(films, ({ readings }) => readings.at(-1)?.verdict),
    blind: figures(films, ({ readings }) => blindReading(readings)?.verdict),
    leftOut: leftOut(films),
    changed: films.flatMap(changedMind),
    ...(times.length === 0 ? {} : { time: timeOf(times) }),
  }
}

/** The first verdict that was given before the score was known. */
export const blindReading = (readings: readonly Reading[]): Reading | undefined =>
  readings.find(({ scoreSeen }) => !scoreSeen)

/**
 * Which side a model takes: of two classes the last one from the threshold on, of more anything but one that is called
 * normal, where that is the likeliest.
 */
function judgeOf({ classes, threshold }: StoredModel['manifest']) {
  if (classes.length === 2) {
    return (probabilities: readonly number[]) => {
      const score = probabilities[1] ?? 0
      return { flagged: score >= threshold, score }
    }
  }
  const normal = classes.findIndex((name) => name.toLowerCase() === 'normal')
  if (normal < 0) return undefined
  return (probabilities: readonly number[]) => {
    const likeliest = probabilities.indexOf(Math.max(...probabilities))
    return { flagged: likeliest !== normal, score: 1 - (probabilities[normal] ?? 0) }
  }
}

function figures(
  films: readonly ReadFilm[],
  verdictOf: (film: ReadFilm) => Verdict | undefined,
): AgreementFigures {
  const table: AgreementTable = { bothPneumonia: 0, readerAlone: 0, modelAlone: 0, bothNormal: 0 }
  for (const film of films) {
    const verdict = verdictOf(film)
    if (film.flagged === undefined || (verdict !== 'pneumonia' && verdict !== 'normal')) continue
    const cell = film.flagged
      ? verdict === 'pneumonia'
        ? 'bothPneumonia'
        : 'modelAlone'
      : verdict === 'pneumonia'
        ? 'readerAlone'
        : 'bothNormal'
    table[cell] += 1
  }
  const { bothPneumonia, readerAlone, modelAlone, bothNormal } = table
  const count = bothPneumonia + readerAlone + modelAlone + bothNormal
  return {
    table,
    films: count,
    agreement: share(bothPneumonia + bothNormal, count),
    kappa: kappa(table),
  }
}

function leftOut(films: readonly ReadFilm[]): Agreement['leftOut'] {
  const counts = { unread: 0, unsure: 0, badQuality: 0, unscored: 0 }
  for (const { item, flagged } of films) {
    if (item.verdict === undefined) counts.unread += 1
    else if (item.verdict === 'unsure') counts.unsure += 1
    else if (item.verdict === 'bad-quality') counts.badQuality += 1
    else if (flagged === undefined) counts.unscored += 1
  }
  return counts
}

function changedMind({ item, readings, flagged, score }: ReadFilm): ChangedMind[] {
  const before = blindReading(readings)
  const after = readings.at(-1)
  if (!before || !after?.scoreSeen || before.verdict === after.verdict) return []
  const modelSays = flagged === undefined ? undefined : flagged ? 'pneumonia' : 'normal'
  return [
    {
      ...{ imageId: item.image.id, fileName: item.image.fileName },
      ...{ before: before.verdict, after: after.verdict },
      ...{ beforeAt: before.decidedAt, afterAt: after.decidedAt },
      ...(score === undefined ? {} : { score }),
      towardsModel: after.verdict === modelSays,
    },
  ]
}

function timeOf(seconds: readonly number[]) {
  const sorted = [...seconds].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  return { films: sorted.length, medianSeconds: median, meanSeconds: mean }
}
