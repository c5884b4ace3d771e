/** DICOM objects that this program makes, written by dcmjs in explicit little-endian with UTF-8 text. */
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import type * as Dcmjs from 'dcmjs'
import { metaGroup } from '../images/dicom/metaGroup.ts'

export type Natural = Readonly<Record<string, unknown>>

const EXPLICIT = '1.2.840.10008.1.2.1'

/** Made of a UUID (PS3.5 B.2); a new one for each call. */
export const newUid = (): string =>
  `2.25.${BigInt(`0x${randomUUID().split('-').join('')}`).toString()}`

/** The bytes of a file. `dataset` is written by keywords and holds its class and UID. */
export function writeObject(
  dataset: Natural & { readonly SOPClassUID: string; readonly SOPInstanceUID: string },
): Uint8Array {
  const { DicomDict, DicomMetaDictionary } = library().data
  const meta = DicomMetaDictionary.denaturalizeDataset({ TransferSyntaxUID: EXPLICIT })
  const file = new DicomDict(meta)
  file.dict = DicomMetaDictionary.denaturalizeDataset({
    SpecificCharacterSet: 'ISO_IR 192',
    ...dataset,
  })
  return withOwnMeta(new Uint8Array(file.write()), dataset)
}

/** The meta group names what wrote the file, which is not the library. */
function withOwnMeta(
  file: Uint8Array,
  { SOPClassUID, SOPInstanceUID }: { SOPClassUID: string; SOPInstanceUID: string },
): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const behindMeta = 132 + 12 + view.getUint32(132 + 8, true)
  const meta = metaGroup({
    ...{ sopClass: SOPClassUID, sopInstance: SOPInstanceUID, transferSyntax: EXPLICIT },
  })
  return Buffer.concat([meta, file.subarray(behindMeta)])
}

let loaded: typeof Dcmjs | undefined

/** Loaded when it is first needed. It would tell of each character set that it writes; nobody reads it. */
function library(): typeof Dcmjs {
  if (!loaded) {
    loaded = createRequire(import.meta.url)('dcmjs') as typeof Dcmjs
    loaded.log.setLevel('error')
  }
  return loaded
}

/** Local time as DICOM writes it: [YYYYMMDD, HHMMSS]. */
export function dicomTime(now: Date): readonly [date: string, time: string] {
  const pad = (value: number) => String(value).padStart(2, '0')
  return [
    `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`,
    `${pad(now.getHours())}${pad(now.getMinutes())}${pad(now.getSeconds())}`,
  ]
}
