import type { Companion } from './hanging.ts'
import { takenAt, viewName } from './shownFilm.ts'

/** What a film is to the one that is read, in a word; empty where nothing is known. */
export const relationName = (relation: Companion['relation']): string => relations[relation]

const relations: Readonly<Record<Companion['relation'], string>> = {
  'same-study': 'Same study',
  prior: 'Prior',
  later: 'Later',
  undated: '',
}

/** «Prior · 2023-05-01 · PA»; the file's name where the file tells no more. */
export function companionName(companion: Companion): string {
  const known = [takenAt(companion), viewName(companion)].filter(Boolean)
  const words = known.length > 0 ? known : [companion.image.fileName]
  return [relationName(companion.relation), ...words].filter(Boolean).join(' · ')
}
