/** One DICOM film without what tells whose it is; its pixels stay as they are. */
import { deflateRawSync } from 'node:zlib'
import { AppError } from '../../../../shared/errors.ts'
import type { DataSet } from '../dataSet.ts'
import { confirmCopy } from '../confirmCopy.ts'
import { type Element, type Encoding, tags } from '../element.ts'
import { encodeElement, encodeSequence } from '../encodeElement.ts'
import { openFrames } from '../frames.ts'
import { metaGroup } from '../metaGroup.ts'
import { nameOfObject } from '../objectNames.ts'
import { type DicomFile, openDicom } from '../openDicom.ts'
import { patientKey } from '../patientKey.ts'
import { pixelElement, readPixelModule } from '../pixelModule.ts'
import type { ProfileOptions } from './actions.ts'
import { reasonsToLook } from './burnedIn.ts'
import { identifyingWords, namesOf } from './identifyingWords.ts'
import { joined, rewriteSet, type Rewriting } from './rewriteSet.ts'

export interface Deidentified {
  readonly bytes: Uint8Array
  /** The patient's new name and id. */
  readonly patient: string
  readonly sopInstanceUid: string
  /** Why a person has to look at the pixels; empty where nothing asks for it. */
  readonly reasonsToLook: readonly string[]
  /** Attributes taken out, replaced or emptied, in all levels, and private ones, which are taken out. */
  readonly removed: number
  readonly replaced: number
  readonly privates: number
  /** «(0018,1400)» …: kept by the profile, but taken out because they repeated a name, an id or could not be read. */
  readonly suspicious: readonly string[]
}

const at = {
  patientName: 0x0010_0010,
  patientId: 0x0010_0020,
  studyUid: 0x0020_000d,
  identityRemoved: 0x0012_0062,
  method: 0x0012_0063,
  methodCodes: 0x0012_0064,
  temporal: 0x0028_0303,
} as const

/**
 * By the Basic Application Level Confidentiality Profile (PS3.15 E.2) and the options asked for, in the file's own
 * transfer syntax. Throws UNSUPPORTED for an object that is no picture, and what reading one throws.
 */
export function deidentifyFilm(
  file: Uint8Array,
  { options, pseudonyms }: Pick<Rewriting, 'options' | 'pseudonyms'>,
): Deidentified {
  const opened = openDicom(file)
  const { dataSet, transferSyntax } = opened
  const element = pixelElement(dataSet)
  if (!element) {
    throw new AppError(
      'UNSUPPORTED',
      `the DICOM file holds no picture (${nameOfObject(opened)}), and only films are passed on without their patient`,
    )
  }
  const module = readPixelModule(dataSet, element)
  openFrames(opened, module)
  const sopClass = classOf(opened)
  const key = patientKey(dataSet) ?? dataSet.ascii(at.studyUid) ?? instanceOf(opened)
  const patient = pseudonyms.patient(key)
  const rewriting: Rewriting = {
    ...{ options, pseudonyms, days: pseudonyms.days(key), words: identifyingWords(dataSet) },
    done: { removed: 0, replaced: 0, privates: 0 },
    suspicious: new Set(),
  }
  const elements = rewriteSet(dataSet, rewriting)
  const encoding = elementEncoding(dataSet, transferSyntax)
  for (const [tag, bytes] of statements(patient, options, encoding)) elements.set(tag, bytes)
  const body = joined(elements)
  const sopInstanceUid = pseudonyms.uid(instanceOf(opened))
  const meta = metaGroup({
    ...{ sopClass, sopInstance: sopInstanceUid, transferSyntax: opened.transferSyntaxUid },
  })
  const bytes = Buffer.concat([meta, transferSyntax.deflated ? deflateRawSync(body) : body])
  confirmCopy(bytes, { sopInstanceUid, patient, pixelBytes: lengthOf(element) })
  return {
    bytes,
    ...{ patient, sopInstanceUid, ...rewriting.done },
    reasonsToLook: reasonsToLook(dataSet, sopClass, module),
    suspicious: namesOf(rewriting.suspicious),
  }
}

/** As a parser counts it in the copy: an even number, and of encapsulated pixels all fragments with their delimiter. */
function lengthOf({ value, fragments }: Element): number {
  const length = value.end - value.start
  return fragments ? length : length + (length % 2)
}

const classOf = ({ dataSet, meta }: DicomFile): string =>
  dataSet.ascii(tags.sopClass) ?? meta.ascii(tags.mediaStorageSopClass) ?? ''

const instanceOf = ({ dataSet, meta }: DicomFile): string =>
  dataSet.ascii(tags.sopInstance) ?? meta.ascii(0x0002_0003) ?? ''

/** As the data set is written, which need not be what the meta group says. */
const elementEncoding = ({ elements }: DataSet, fallback: Encoding): Encoding => {
  const [first] = elements.values()
  return first?.encoding ?? fallback
}

/** Codes of PS3.16 CID 7050. */
const basicProfile = ['113100', 'Basic Application Confidentiality Profile'] as const
const modifiedDates = [
  '113107',
  'Retain Longitudinal Temporal Information Modified Dates Option',
] as const
const patientCharacteristics = ['113108', 'Retain Patient Characteristics Option'] as const

/** What the film says of its own treatment (PS3.3 C.7.1.1), and the patient's new name. */
function statements(
  patient: string,
  { dates, keepCharacteristics }: ProfileOptions,
  encoding: Encoding,
): Map<number, Uint8Array> {
  const codes = [
    basicProfile,
    ...(dates === 'shift' ? [modifiedDates] : []),
    ...(keepCharacteristics ? [patientCharacteristics] : []),
  ]
  const element = (tag: number, vr: string, text: string) =>
    [tag, encodeElement(tag, vr, text, encoding)] as const
  const items = codes.map(([value, meaning]) =>
    Buffer.concat([
      element(0x0008_0100, 'SH', value)[1],
      element(0x0008_0102, 'SH', 'DCM')[1],
      element(0x0008_0104, 'LO', meaning)[1],
    ]),
  )
  return new Map<number, Uint8Array>([
    element(at.patientName, 'PN', patient),
    element(at.patientId, 'LO', patient),
    element(at.identityRemoved, 'CS', 'YES'),
    element(at.method, 'LO', ['DICOM PS3.15 E.2', ...codes.map(([value]) => value)].join('\\')),
    [at.methodCodes, encodeSequence(at.methodCodes, 'SQ', items, encoding)],
    element(at.temporal, 'CS', dates === 'shift' ? 'MODIFIED' : 'REMOVED'),
  ])
}
