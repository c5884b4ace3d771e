/** A leaky split made sound by moving as few films as can be. */
import type { Part } from '../../shared/domain/part.ts'
import { filmGroups } from '../../shared/split/groups.ts'
import { usableFilms } from '../labelledFilms.ts'
import type { Library } from '../library.ts'
import { splitFilms } from '../splitFilms.ts'
import { moveFilms } from './plan.ts'

interface Film {
  readonly id: string
  readonly group: string
  readonly part?: Part | undefined
}

/** Brings each group to the part that holds most of it; one edit, which can be taken back. */
export function mendSplit(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
): { changed: number } {
  const images = usableFilms(splitFilms({ store }, datasetId))
  const groups = filmGroups(images)
  const films = images.map(({ id, part }, at) => ({ id, part, group: groups[at]! }))
  return { changed: moveFilms({ store }, datasetId, 'Mended the split', mended(films)) }
}

/** Where films have to go. Of parts that hold as much of a group, train goes first: the test stays what it was. */
export function mended(films: readonly Film[]): { id: string; part: Part }[] {
  const counts = new Map<string, Record<Part, number>>()
  for (const { group, part } of films) {
    if (part === undefined) continue
    const count = counts.get(group) ?? { train: 0, validation: 0, test: 0 }
    count[part]++
    counts.set(group, count)
  }
  return films.flatMap(({ id, group, part }) => {
    const count = counts.get(group)
    if (part === undefined || !count) return []
    const home = homeOf(count)
    return home === part ? [] : [{ id, part: home }]
  })
}

function homeOf({ train, validation, test }: Readonly<Record<Part, number>>): Part {
  if (train >= validation && train >= test) return 'train'
  return validation >= test ? 'validation' : 'test'
}
