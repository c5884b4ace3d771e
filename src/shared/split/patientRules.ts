/** The rules by which patients are read from names, as they stand before a person changes them. */
import type { PatientRule } from '../domain/split.ts'

/**
 * Public naming schemes. «Chest X-Ray Images (Pneumonia)» (Kermany et al., Mendeley Data v3) numbers its
 * pneumonia patients anew for each organism, so the organism belongs to the key. DICOM comes first: what a file
 * says of its patient is better than what it is called.
 */
export const usualPatientRules: readonly PatientRule[] = [
  {
    from: 'dicom',
    pattern: '',
    words: 'DICOM: one patient is one Patient ID (without one, a name with a birth date)',
  },
  {
    from: 'name',
    pattern: '^((?:[a-z0-9]+-)*person\\d+)_(bacteria|virus)_\\d',
    words: 'personN_bacteria_M, personN_virus_M: one patient is one N with one organism',
  },
  {
    from: 'name',
    pattern: '^(?:[a-z0-9]+-)*IM-\\d+(?=-)',
    words: 'IM-N-…, NORMAL2-IM-N-…: one patient is one N with one prefix',
  },
  {
    from: 'name',
    pattern: '^(000\\d{5})_\\d{3}\\.\\w+$',
    words: 'NNNNNNNN_MMM (NIH ChestX-ray14): one patient is one number before the underscore',
  },
  {
    from: 'path',
    pattern: '(?:^|/)((?:patient|pat|subject|sub|person)[-_ ]?\\d+|p\\d{8})/',
    words: 'a folder for each patient: patientN (CheXpert), pN (MIMIC-CXR), Patient N, subject-N …',
  },
]

/** What a rule's pattern is tried on; `path` has / between folders and begins at the data set's own. */
export const subjectOf = ({ from }: Pick<PatientRule, 'from'>, path: string): string =>
  from === 'path' ? path : path.slice(path.lastIndexOf('/') + 1)

/** The key that a match stands for: its groups joined by «_», or all of it; case does not tell patients apart. */
export function keyOfMatch(match: readonly (string | undefined)[]): string | undefined {
  const groups = match.slice(1).filter((group) => group !== undefined && group !== '')
  const key = match.length > 1 ? groups.join('_') : (match[0] ?? '')
  return key === '' ? undefined : key.toLowerCase()
}
