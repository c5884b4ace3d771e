/** What a survey wants of a DICOM file: whose film it is and where it stands, from its beginning alone. */
import type { DataSet } from './dataSet.ts'
import { tags } from './element.ts'
import { type DicomFile, openDicom } from './openDicom.ts'
import { patientKey } from './patientKey.ts'

export interface DicomPeek {
  readonly patient: string | undefined
  /** By which a table may name the film; the last one identifies a person and goes no further than the survey. */
  readonly ids: Readonly<Record<'sop' | 'study' | 'patientId', string | undefined>>
  /** Sorts a patient's films: by study, series and number. */
  readonly order: readonly (string | number)[]
  /** A DICOMDIR: paths of the files that it names, folder by folder. */
  readonly directory: readonly (readonly string[])[] | undefined
}

const DIRECTORY = '1.2.840.10008.1.3.10'
const at = {
  sopUid: 0x0008_0018,
  patientId: 0x0010_0020,
  studyDate: 0x0008_0020,
  studyTime: 0x0008_0030,
  studyUid: 0x0020_000d,
  seriesUid: 0x0020_000e,
  seriesNumber: 0x0020_0011,
  instanceNumber: 0x0020_0013,
  records: 0x0004_1220,
  fileId: 0x0004_1500,
} as const

/** Groups up to here tell enough; what follows may reach beyond the bytes that were read. */
const LAST = 0x0020_ffff

/** Undefined where the beginning cannot be read; whoever reads the whole file tells why. */
export function peekDicom(head: Uint8Array): DicomPeek | undefined {
  try {
    return peek(openDicom(head, (tag) => tag > LAST))
  } catch {
    return undefined
  }
}

function peek({ dataSet, meta }: DicomFile): DicomPeek {
  const sopClass = meta.ascii(tags.mediaStorageSopClass) ?? dataSet.ascii(tags.sopClass)
  return {
    patient: patientKey(dataSet),
    ids: {
      sop: dataSet.ascii(at.sopUid),
      study: dataSet.ascii(at.studyUid),
      patientId: dataSet.text(at.patientId),
    },
    order: [
      ...[at.studyDate, at.studyTime, at.studyUid].map((tag) => dataSet.ascii(tag) ?? ''),
      dataSet.decimalsIfAny(at.seriesNumber)?.[0] ?? 0,
      dataSet.ascii(at.seriesUid) ?? '',
      dataSet.decimalsIfAny(at.instanceNumber)?.[0] ?? 0,
    ],
    directory: sopClass === DIRECTORY ? filesOf(dataSet) : undefined,
  }
}

const filesOf = (dataSet: DataSet) =>
  dataSet.items(at.records).flatMap((record) => {
    const id = record.ascii(at.fileId)
    return id === undefined ? [] : [id.split('\\').map((part) => part.trim())]
  })
