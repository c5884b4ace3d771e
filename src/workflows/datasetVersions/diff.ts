/** What changed between two versions of a data set. */
import type { FilmState, VersionDiff } from '../../shared/domain/datasetEdit.ts'
import type { EditedFilm } from '../../store/version.ts'
import type { Library } from '../library.ts'

/** Films listed one by one. */
const listed = 200

/** From the one version to the other, in either direction. Throws NOT_FOUND for a number that there is not. */
export function diffVersions(
  { store }: Pick<Library, 'store'>,
  { datasetId, from, to }: { readonly datasetId: string; readonly from: number; readonly to: number }, // prettier-ignore
): VersionDiff {
  const [first, last] = [store.versions.get(datasetId, from), store.versions.get(datasetId, to)]
  const films = store.versions.changes(
    datasetId,
    Math.min(first.edit, last.edit),
    Math.max(first.edit, last.edit),
  )
  return summarise(first.edit <= last.edit ? films : films.map(reversed))
}

const reversed = (film: EditedFilm): EditedFilm => ({ ...film, before: film.after, after: film.before }) // prettier-ignore

/** A film that was excluded and included again is in both; its other changes count where it is in both. */
export function summarise(films: readonly EditedFilm[]): VersionDiff {
  const differing = films.filter(({ before, after }) => lineOf(before) !== lineOf(after))
  const stayed = differing.filter(({ before, after }) => !before.excluded && !after.excluded)
  const pairs = <Value extends string | null>(value: (state: FilmState) => Value) => {
    const counts = new Map<string, { from: Value; to: Value; films: number }>()
    for (const { before, after } of stayed) {
      const [from, to] = [value(before), value(after)]
      if (from === to) continue
      const key = JSON.stringify([from, to])
      const count = counts.get(key) ?? { from, to, films: 0 }
      counts.set(key, { ...count, films: count.films + 1 })
    }
    return [...counts.values()].sort((a, b) => b.films - a.films)
  }
  return {
    added: differing.filter(({ before, after }) => before.excluded && !after.excluded).length,
    removed: differing.filter(({ before, after }) => !before.excluded && after.excluded).length,
    relabelled: pairs(({ className }) => className),
    moved: pairs(({ part }) => part),
    regrouped: stayed.filter(({ before, after }) => before.patient !== after.patient).length,
    films: differing.slice(0, listed),
  }
}

/** What of a film belongs to a version. */
const lineOf = ({ className, part, patient, excluded }: FilmState): string =>
  JSON.stringify([className, part, patient, excluded])
