import { assertNever } from '../../../shared/assertNever.ts'
import type { FolderLayout } from '../../../shared/domain/film.ts'
import type { AgeBand, Dataset, ImageFilter, PerPatient } from '../../../shared/domain/dataset.ts'
import { count, plural } from '../../format.ts'

export type PartName = NonNullable<ImageFilter['parts']>[number]

export const partNames: Readonly<Record<PartName, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
  unassigned: 'Not split yet',
}

export const sizeNames = {
  small: 'Under 512 pixels',
  medium: '512–1023 pixels',
  large: '1024–2047 pixels',
  full: '2048 pixels and more',
} as const satisfies Readonly<Record<NonNullable<ImageFilter['sizes']>[number], string>>

export const perPatientNames: Readonly<Record<PerPatient, string>> = {
  one: 'One film',
  few: '2–4 films',
  many: '5 films and more',
}

export const ageNames: Readonly<Record<AgeBand | 'untold', string>> = {
  infant: 'Under 1 year',
  'small-child': '1–5 years',
  child: '6–17 years',
  adult: '18–39 years',
  middle: '40–64 years',
  old: '65 years and more',
  untold: 'Not told',
}

/** A view position, as files write it. */
export const viewName = (view: string): string =>
  view === 'untold' ? 'Not told' : view === 'lateral' ? 'Lateral' : view

/** How the folders were read, in words. */
export function describeLayout(layout: FolderLayout): string {
  switch (layout) {
    case 'parts-and-classes':
      return 'A folder for each part, with a folder for each class in it'
    case 'classes':
      return 'A folder for each class'
    case 'flat':
      return 'Films without class folders'
    case 'table':
      return 'A table that names the films'
    case 'idx':
      return 'IDX files of pictures and labels'
    default:
      return assertNever(layout)
  }
}

export const describePatients = (patientRule: string | undefined): string =>
  patientRule ?? 'No patient is named in the file names: each film counts as a patient of its own.'

/** One line under the name: «5,216 films · 2,790 patients · 26 duplicates · 3 refused». */
export const summary = ({ images, patients, duplicates, refused, excluded = 0 }: Dataset): string =>
  [
    plural(images, 'film'),
    plural(patients, 'patient'),
    duplicates > 0 ? plural(duplicates, 'duplicate') : 'no duplicates',
    refused > 0 ? `${count(refused)} refused` : 'no file refused',
    ...(excluded > 0 ? [`${plural(excluded, 'film')} excluded`] : []),
  ].join(' · ')
