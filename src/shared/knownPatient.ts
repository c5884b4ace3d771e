import type { ImageRow } from './domain/dataset.ts'

/** Whose film it is; undefined where nothing tells, and the film stands as its own patient under its path. */
export const knownPatient = ({ patient, fileName }: Pick<ImageRow, 'patient' | 'fileName'>) =>
  patient.split('/').at(-1) === fileName ? undefined : patient

/** The same in words, behind other facts of a film. */
export function patientWords(film: Pick<ImageRow, 'patient' | 'fileName'>): string {
  const patient = knownPatient(film)
  return patient === undefined ? 'patient not known' : `patient ${patient}`
}
