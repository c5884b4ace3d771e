/** What a data set's split is like: who stands on both sides, and how the classes fall. */
import { Overlap, type SplitReport } from '../../shared/domain/split.ts'
import type { Part } from '../../shared/domain/part.ts'
import { groupsBy, keyOf, overlapsOf } from '../../shared/split/overlap.ts'
import { classCounts } from '../describeSurvey.ts'
import { usableFilms } from '../labelledFilms.ts'
import type { Library } from '../library.ts'
import { splitFilms, type SplitFilm } from '../splitFilms.ts'

/** Of each kind of overlap. */
const examplesShown = 8

/** Excluded films and films without a class are no part of a split. */
export function examineSplit({ store }: Pick<Library, 'store'>, datasetId: string): SplitReport {
  const { classes } = store.datasets.get(datasetId)
  const images = splitFilms({ store }, datasetId)
  const excluded = images.filter((image) => image.excluded === true).length
  const isChecked = store.quality.check(datasetId) !== undefined
  return { ...reportOn(usableFilms(images), classes, isChecked), excluded }
}

/** As `examineSplit`, of films whose parts may be on paper only. */
export function reportOn(
  films: readonly SplitFilm[],
  classes: readonly string[],
  /** Whether nearly equal films were looked for. */
  isChecked: boolean,
): Omit<SplitReport, 'excluded'> {
  const pixels = new Map<string, number>()
  for (const { pixelHash } of films) pixels.set(pixelHash, (pixels.get(pixelHash) ?? 0) + 1)
  return {
    films: films.length,
    patients: new Set(films.map(({ patient }) => patient)).size,
    copies: films.filter(({ pixelHash }) => (pixels.get(pixelHash) ?? 0) > 1).length,
    ...(isChecked && { nearCopies: films.filter(({ near }) => near !== undefined).length }),
    balance: classCounts(classes, films),
    overlaps: overlapsOf(films),
    examples: Overlap.shape.kind.options.flatMap((kind) => examplesOf(films, kind)),
  }
}

function examplesOf(films: readonly SplitFilm[], kind: Overlap['kind']): SplitReport['examples'] {
  const onBothSides = [...groupsBy(films, kind)].filter(([, parts]) => parts.size > 1)
  return onBothSides.slice(0, examplesShown).map(([key, parts]) => ({
    kind,
    name: kind === 'patient' ? key : namesOf(films, kind, key),
    parts: [...parts.keys()].sort(byOrder),
  }))
}

const order: readonly Part[] = ['train', 'validation', 'test']
const byOrder = (a: Part, b: Part) => order.indexOf(a) - order.indexOf(b)

const namesOf = (films: readonly SplitFilm[], kind: 'copy' | 'near-copy', key: string): string =>
  films
    .filter((film) => keyOf(film, kind) === key)
    .map(({ fileName }) => fileName)
    .join(kind === 'copy' ? ' = ' : ' ≈ ')
