/** What the file says of the film, the patient and the examination. */
import { DicomFacts, PatientData } from '../../../shared/domain/dicom.ts'
import type { DataSet } from './dataSet.ts'
import { tags } from './element.ts'
import type { DicomFile } from './openDicom.ts'
import { patientKey } from './patientKey.ts'
import type { PixelModule } from './pixelModule.ts'

const at = {
  studyDate: 0x0008_0020,
  acquisitionDate: 0x0008_0022,
  contentDate: 0x0008_0023,
  studyTime: 0x0008_0030,
  modality: 0x0008_0060,
  manufacturer: 0x0008_0070,
  institution: 0x0008_0080,
  studyDescription: 0x0008_1030,
  seriesDescription: 0x0008_103e,
  patientName: 0x0010_0010,
  patientId: 0x0010_0020,
  birthDate: 0x0010_0030,
  sex: 0x0010_0040,
  age: 0x0010_1010,
  bodyPart: 0x0018_0015,
  viewPosition: 0x0018_5101,
  studyUid: 0x0020_000d,
  seriesUid: 0x0020_000e,
  seriesNumber: 0x0020_0011,
  instanceNumber: 0x0020_0013,
  orientation: 0x0020_0020,
  laterality: 0x0020_0060,
  imageLaterality: 0x0020_0062,
  burnedIn: 0x0028_0301,
  lossy: 0x0028_2110,
  lossyRatio: 0x0028_2112,
} as const

export function readFacts({ dataSet, meta, ...file }: DicomFile, module: PixelModule): DicomFacts {
  const burnedIn = dataSet.ascii(at.burnedIn)
  const ratio = dataSet.decimalsIfAny(at.lossyRatio)?.at(-1)
  const facts = {
    modality: dataSet.ascii(at.modality),
    sopClass: dataSet.ascii(tags.sopClass) ?? meta.ascii(tags.mediaStorageSopClass) ?? '',
    transferSyntax: file.transferSyntaxUid,
    ...{ photometric: module.photometric, frames: module.frames },
    ...{ bitsAllocated: module.bitsAllocated, bitsStored: module.bitsStored },
    lossy: file.transferSyntax.lossy || dataSet.ascii(at.lossy) === '01',
    lossyRatio: ratio,
    ...patientData(dataSet),
    patientKey: patientKey(dataSet),
    studyDescription: dataSet.text(at.studyDescription),
    seriesDescription: dataSet.text(at.seriesDescription),
    seriesNumber: whole(dataSet, at.seriesNumber),
    instanceNumber: whole(dataSet, at.instanceNumber),
    viewPosition: dataSet.ascii(at.viewPosition),
    laterality: dataSet.ascii(at.imageLaterality) ?? dataSet.ascii(at.laterality),
    patientOrientation: dataSet.ascii(at.orientation),
    bodyPart: dataSet.ascii(at.bodyPart),
    manufacturer: dataSet.text(at.manufacturer),
    burnedInAnnotation: burnedIn === undefined ? undefined : burnedIn === 'YES',
  }
  return DicomFacts.parse(withoutUnknown(facts))
}

/** Of whom and when an object is, with pixels or without. */
export const readPatientData = (dataSet: DataSet): PatientData =>
  PatientData.parse(withoutUnknown(patientData(dataSet)))

const patientData = (dataSet: DataSet) => ({
  patientName: spokenName(dataSet.text(at.patientName)),
  patientId: dataSet.text(at.patientId),
  patientBirthDate: date(dataSet.ascii(at.birthDate)),
  patientAge: dataSet.ascii(at.age),
  patientSex: dataSet.ascii(at.sex),
  studyDate: date(
    dataSet.ascii(at.studyDate) ??
      dataSet.ascii(at.acquisitionDate) ??
      dataSet.ascii(at.contentDate),
  ),
  studyTime: time(dataSet.ascii(at.studyTime)),
  institution: dataSet.text(at.institution),
  studyUid: dataSet.ascii(at.studyUid) ?? '',
  seriesUid: dataSet.ascii(at.seriesUid) ?? '',
  sopInstanceUid: dataSet.ascii(tags.sopInstance) ?? '',
})

/** What is absent is left out, and what is empty counts as absent. */
const withoutUnknown = (facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(facts).filter(
      ([name, value]) => value !== undefined && (value !== '' || always.has(name)),
    ),
  )
const always = new Set(['sopClass', 'transferSyntax', 'studyUid', 'seriesUid', 'sopInstanceUid'])

/** «Family^Given^Middle^Prefix^Suffix» in up to three scripts (PS3.5 6.2) as people write it. */
function spokenName(name: string | undefined): string | undefined {
  const [latin, ...others] = (name ?? '').split('=').map((group) => {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^')
    const first = [prefix, given, middle]
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ')
    return [family.trim(), first, suffix.trim()].filter(Boolean).join(', ')
  })
  const also = others.filter(Boolean).join('; ')
  if (!latin) return also || undefined
  return also ? `${latin} (${also})` : latin
}

/** YYYYMMDD, or YYYY.MM.DD as before DICOM 3. */
function date(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})/.exec(text ?? '') ?? []
  return year && month && day ? `${year}-${month}-${day}` : undefined
}

function time(text: string | undefined): string | undefined {
  const [, hour, minute, second = '00'] = /^(\d{2}):?(\d{2})(?::?(\d{2}))?/.exec(text ?? '') ?? []
  return hour && minute ? `${hour}:${minute}:${second}` : undefined
}

function whole(dataSet: DataSet, tag: number): number | undefined {
  const value = dataSet.decimalsIfAny(tag)?.[0]
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined
}
