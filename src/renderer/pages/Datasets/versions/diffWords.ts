import type { FilmState, VersionDiff } from '../../../../shared/domain/datasetEdit.ts'
import { plural } from '../../../format.ts'
import { knownPatient } from '../../../../shared/knownPatient.ts'
import { partNames } from '../words.ts'

/** A line for each kind of change, the commonest first within its kind. */
export function diffWords({ added, removed, relabelled, moved, regrouped }: VersionDiff): string[] {
  const lines = [
    ...(added > 0 ? [`${plural(added, 'film')} added`] : []),
    ...(removed > 0 ? [`${plural(removed, 'film')} removed`] : []),
    ...relabelled.map(
      ({ from, to, films }) =>
        `${plural(films, 'film')} relabelled from ${from ?? 'no class'} to ${to ?? 'no class'}`,
    ),
    ...moved.map(
      ({ from, to, films }) =>
        `${plural(films, 'film')} moved from ${from ? partNames[from] : 'no part'} to ${to ? partNames[to] : 'no part'}`,
    ),
    ...(regrouped > 0 ? [`${plural(regrouped, 'film')} given another patient`] : []),
  ]
  return lines.length > 0 ? lines : ['No film differs.']
}

/** What a version says of a film. */
export function stateWords(
  fileName: string,
  { className, part, patient, excluded }: FilmState,
): string {
  return [
    className ?? 'no class',
    part ? partNames[part] : 'no part',
    knownPatient({ patient, fileName }) ?? 'patient not known',
    ...(excluded ? ['excluded'] : []),
  ].join(' · ')
}
