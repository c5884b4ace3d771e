/** What an object made from a film takes over from it: patient, study, and which film it is. */
import { AppError } from '../../shared/errors.ts'
import type { DataSet } from '../images/dicom/dataSet.ts'
import type { DicomImage } from '../images/dicom/image.ts'
import type { Natural } from './writeObject.ts'

export interface SourceFilm {
  /** Modules Patient, General Study and Patient Study, by keyword. */
  readonly modules: Natural
  readonly studyUid: string
  readonly seriesUid: string
  readonly sopClass: string
  readonly sopInstance: string
  readonly modality: string
}

/** Characters that a value of these may have (PS3.5, table 6.2-1); the writer refuses longer ones. */
const longest: Readonly<Record<string, number>> = {
  PatientBirthDate: 8,
  StudyDate: 8,
  StudyTime: 14,
  PatientSex: 16,
  AccessionNumber: 16,
  StudyID: 16,
  PatientAge: 4,
  PatientIdentityRemoved: 16,
}

/** What is absent is written empty: the modules demand these attributes with or without a value (type 2). */
const demanded: readonly (readonly [keyword: string, tag: number])[] = [
  ['PatientName', 0x0010_0010],
  ['PatientID', 0x0010_0020],
  ['PatientBirthDate', 0x0010_0030],
  ['PatientSex', 0x0010_0040],
  ['StudyDate', 0x0008_0020],
  ['StudyTime', 0x0008_0030],
  ['AccessionNumber', 0x0008_0050],
  ['ReferringPhysicianName', 0x0008_0090],
  ['StudyID', 0x0020_0010],
]
const optional: readonly (readonly [keyword: string, tag: number])[] = [
  ['IssuerOfPatientID', 0x0010_0021],
  ['PatientAge', 0x0010_1010],
  ['StudyDescription', 0x0008_1030],
  ['PatientIdentityRemoved', 0x0012_0062],
  ['DeidentificationMethod', 0x0012_0063],
]

/** Throws UNSUPPORTED for a film that names no study: nothing made of it would have a place. */
export function sourceFilm({ file, facts }: DicomImage): SourceFilm {
  const { studyUid, seriesUid, sopInstanceUid, sopClass, modality } = facts
  if (studyUid === '' || seriesUid === '' || sopInstanceUid === '' || sopClass === '') {
    throw new AppError(
      'UNSUPPORTED',
      'the film names no study, series or class of its own, so that no report can refer to it: export it again',
    )
  }
  const { dataSet } = file
  const modules = {
    ...Object.fromEntries(
      demanded.map(([keyword, tag]) => [keyword, textOf(dataSet, keyword, tag) ?? '']),
    ),
    ...Object.fromEntries(
      optional.flatMap(([keyword, tag]) => {
        const text = textOf(dataSet, keyword, tag)
        return text === undefined ? [] : [[keyword, text]]
      }),
    ),
    StudyInstanceUID: studyUid,
  }
  const class_ = { sopClass, sopInstance: sopInstanceUid }
  return { modules, studyUid, seriesUid, ...class_, modality: modality ?? 'OT' }
}

/**
 * Several values as a list, as the writer wants them. A value that is too long for its kind (a date replaced by a hash, say)
 * counts as absent: a report without it is better than none.
 */
function textOf(
  dataSet: DataSet,
  keyword: string,
  tag: number,
): string | readonly string[] | undefined {
  const text = dataSet.text(tag)
  const values = text?.split('\\') ?? []
  if (values.some(({ length }) => length > (longest[keyword] ?? Infinity))) return undefined
  return values.length > 1 ? values : text
}
