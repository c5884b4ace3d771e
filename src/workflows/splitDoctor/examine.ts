/** What a data set's split is like: who stands on both sides, and how the classes fall. */
import type { SplitReport } from '../../shared/domain/split.ts'
import type { Part } from '../../shared/domain/part.ts'
import { groupsBy, overlapsOf } from '../../shared/split/overlap.ts'
import type { StoredImage } from '../../store/image.ts'
import { classCounts } from '../describeSurvey.ts'
import { usableFilms } from '../labelledFilms.ts'
import type { Library } from '../library.ts'

/** Of each kind of overlap. */
const examplesShown = 8

/** Excluded films and films without a class are no part of a split. */
export function examineSplit({ store }: Pick<Library, 'store'>, datasetId: string): SplitReport {
  const { classes } = store.datasets.get(datasetId)
  const images = store.images.ofDataset(datasetId)
  const excluded = images.filter((image) => image.excluded === true).length
  return { ...reportOn(usableFilms(images), classes), excluded }
}

/** As `examineSplit`, of films whose parts may be on paper only. */
export function reportOn(
  films: readonly StoredImage[],
  classes: readonly string[],
): Omit<SplitReport, 'excluded'> {
  const pixels = new Map<string, number>()
  for (const { pixelHash } of films) pixels.set(pixelHash, (pixels.get(pixelHash) ?? 0) + 1)
  return {
    films: films.length,
    patients: new Set(films.map(({ patient }) => patient)).size,
    copies: films.filter(({ pixelHash }) => (pixels.get(pixelHash) ?? 0) > 1).length,
    balance: classCounts(classes, films),
    overlaps: overlapsOf(films),
    examples: (['patient', 'copy'] as const).flatMap((kind) => examplesOf(films, kind)),
  }
}

function examplesOf(
  films: readonly StoredImage[],
  kind: 'patient' | 'copy',
): SplitReport['examples'] {
  const onBothSides = [...groupsBy(films, kind)].filter(([, parts]) => parts.size > 1)
  return onBothSides.slice(0, examplesShown).map(([key, parts]) => ({
    kind,
    name: kind === 'patient' ? key : namesOf(films, key),
    parts: [...parts.keys()].sort(byOrder),
  }))
}

const order: readonly Part[] = ['train', 'validation', 'test']
const byOrder = (a: Part, b: Part) => order.indexOf(a) - order.indexOf(b)

const namesOf = (films: readonly StoredImage[], pixelHash: string): string =>
  films
    .filter((film) => film.pixelHash === pixelHash)
    .map(({ fileName }) => fileName)
    .join(' = ')
