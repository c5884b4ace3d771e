/** Many films of a data set changed at once. */
import type { FilmChange, FilmState } from '../shared/domain/datasetEdit.ts'
import type { Library } from './library.ts'

interface EditOrder {
  readonly datasetId: string
  readonly imageIds: readonly string[]
  readonly change: FilmChange
}

/** Enters one edit, which can be taken back; answers how many films changed. Films of other data sets are passed over. */
export function editFilms(
  { store }: Pick<Library, 'store'>,
  { datasetId, imageIds, change }: EditOrder,
): { changed: number } {
  const states = store.edits.states(datasetId, imageIds)
  const films = [...states].flatMap(([imageId, before]) => {
    const after = changed(before, change)
    return isSame(before, after) ? [] : [{ imageId, after }]
  })
  store.edits.apply(datasetId, editTitle(change, films.length), films)
  return { changed: films.length }
}

/** A film's state after a change; tags come in alphabetical order, each once. */
export function changed(before: FilmState, change: FilmChange): FilmState {
  const { className = before.className, part = before.part, excluded = before.excluded } = change
  const { note = before.note } = change
  const without = new Set(change.removeTags)
  const tags = [...new Set([...before.tags, ...(change.addTags ?? [])])]
  return { ...before, className, part, excluded, note, tags: tags.filter((tag) => !without.has(tag)).sort() } // prettier-ignore
}

const isSame = (a: FilmState, b: FilmState): boolean =>
  a.className === b.className &&
  a.part === b.part &&
  a.excluded === b.excluded &&
  a.note === b.note &&
  a.tags.join('\n') === b.tags.join('\n')

/** «Excluded 12 films». */
export function editTitle(change: FilmChange, films: number): string {
  const count = `${films} ${films === 1 ? 'film' : 'films'}`
  const words = [
    ...(change.className === undefined ? [] : [`class ${change.className ?? 'none'}`]),
    ...(change.part === undefined ? [] : [`part ${change.part ?? 'none'}`]),
    ...(change.addTags?.length ? [`tag ${change.addTags.join(', ')}`] : []),
    ...(change.removeTags?.length ? [`without tag ${change.removeTags.join(', ')}`] : []),
    ...(change.note === undefined ? [] : [change.note === '' ? 'without note' : 'note']),
  ]
  const said = words.length === 0 ? [] : [`${count}: ${words.join('; ')}`]
  if (change.excluded === undefined) return said.join('')
  return [`${change.excluded ? 'Excluded' : 'Included'} ${count}`, ...said].join('; ')
}
