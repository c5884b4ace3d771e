import type { ImageRow } from '../shared/domain/dataset.ts'

/** Whose film it is; undefined where nothing tells, and the film stands as its own patient under its path. */
export const knownPatient = ({ patient, fileName }: Pick<ImageRow, 'patient' | 'fileName'>) =>
  patient.split('/').at(-1) === fileName ? undefined : patient
