import type { ImageRow } from '../../../shared/domain/dataset.ts'
import { patientWords } from '../../../shared/knownPatient.ts'
import { flagWords } from './quality/qualityWords.ts'
import { partNames, viewName } from './words.ts'

/** What is told of a film under the pointer, a line each. */
export function hoverWords(film: ImageRow): string {
  const { age, view, tags, note, flags } = film
  return [
    film.fileName,
    `${film.className ?? 'No class'} · ${partNames[film.part ?? 'unassigned']} · ${patientWords(film)}`,
    `${film.columns} × ${film.rows} pixels`,
    ...(age === undefined && view === undefined ? [] : [[age === undefined ? '' : `${age} years`, view === undefined ? '' : viewName(view)].filter(Boolean).join(' · ')]), // prettier-ignore
    ...(tags ? [`Tags: ${tags.join(', ')}`] : []),
    ...(note === undefined ? [] : [`Note: ${note}`]),
    ...(flags ? [`Quality: ${flagWords(flags)}`] : []),
    ...(film.excluded ? ['Excluded'] : []),
    ...(film.original === undefined ? [] : [`Its original is ${film.original}`]),
  ].join('\n')
}
