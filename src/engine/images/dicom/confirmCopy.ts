/**
 * Copies without patients, read once more before they are given away: by dicom-parser, so that a fault of our own
 * parser, which wrote them, cannot hide itself.
 */
import { inflateRawSync } from 'node:zlib'
import * as dicomParser from 'dicom-parser'
import { AppError } from '../../../shared/errors.ts'

export interface CopyFacts {
  readonly sopInstanceUid: string
  readonly patient: string
  /** Of the pixels, with delimiters. */
  readonly pixelBytes: number
}

/** As the copy's own reader allows (`openDicom`). */
const MAX_INFLATED = 512 * 2 ** 20

/** Throws DAMAGED where the other parser finds another film, a private attribute, or no data set at all. */
export function confirmCopy(bytes: Uint8Array, expected: CopyFacts): void {
  const found = readAgain(bytes)
  const differs =
    found.string('x00080018') !== expected.sopInstanceUid
      ? 'another instance'
      : found.string('x00100020') !== expected.patient
        ? 'another patient'
        : found.string('x00120062') !== 'YES'
          ? 'no word that identity was removed'
          : (found.elements['x7fe00010']?.length ?? expected.pixelBytes) !== expected.pixelBytes
            ? 'other pixels'
            : hasPrivate(found)
              ? 'a private attribute'
              : undefined
  if (differs !== undefined) throw unconfirmed(`finds ${differs} in it`)
}

const unconfirmed = (why: string, cause?: unknown) =>
  new AppError(
    'DAMAGED',
    `the copy was not written, because a second parser ${why}: export the film again from where it comes from`,
    { cause },
  )

function readAgain(bytes: Uint8Array): dicomParser.DataSet {
  try {
    return dicomParser.parseDicom(bytes, {
      // Its own has no limit, and it reads on from the first byte of what it is given.
      inflater: (file: Uint8Array, position: number) =>
        inflateRawSync(file.subarray(position), { maxOutputLength: MAX_INFLATED }),
    })
  } catch (cause) {
    // It throws texts and plain objects too.
    throw unconfirmed('cannot read it', cause)
  }
}

/** In any level. */
function hasPrivate({ elements }: dicomParser.DataSet): boolean {
  return Object.values(elements).some(
    ({ tag, items }) =>
      dicomParser.isPrivateTag(tag) ||
      (items ?? []).some(({ dataSet }) => dataSet !== undefined && hasPrivate(dataSet)),
  )
}
