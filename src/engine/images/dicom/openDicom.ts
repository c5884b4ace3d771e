/** A DICOM file as its data set: found by content, with or without preamble and file meta group (PS3.10 7.1). */
import { inflateRawSync, inflateSync } from 'node:zlib'
import { AppError } from '../../../shared/errors.ts'
import { damaged, truncated } from '../header.ts'
import { DataSet } from './dataSet.ts'
import { type Encoding, tags } from './element.ts'
import {
  BIG_ENDIAN,
  EXPLICIT,
  IMPLICIT,
  transferSyntax,
  type TransferSyntax,
} from './transferSyntaxes.ts'
import { walkDataSet } from './walk.ts'

export interface DicomFile {
  readonly meta: DataSet
  readonly dataSet: DataSet
  readonly transferSyntaxUid: string
  readonly transferSyntax: TransferSyntax
  /** The bytes that the data set's elements point into: the file, or what it inflated to. */
  readonly bytes: Uint8Array
  readonly hasPreamble: boolean
}

const metaEncoding: Encoding = { littleEndian: true, explicit: true }

/** A deflated data set may be this many times as large as the file: a bomb is larger. */
const MAX_INFLATION = 200
const ALWAYS_ALLOWED = 16 * 2 ** 20
const MAX_INFLATED = 512 * 2 ** 20

/**
 * `until` ends the reading early: at the first tag that is not wanted any more.
 * Throws TRUNCATED, DAMAGED or TOO_LARGE; messages do not name the file.
 */
export function openDicom(file: Uint8Array, until?: (tag: number) => boolean): DicomFile {
  const hasPreamble = hasMark(file, 128)
  const start = hasPreamble ? 132 : hasMark(file, 0) ? 4 : isUnmarked(file) ? PREAMBLE : 0
  const isMeta = (tag: number) => tag >>> 16 === 2
  const metaStart = { start, end: file.length }
  const hasMeta = isMetaGroup(file, start)
  const meta = hasMeta
    ? walkDataSet(file, metaStart, encodingAt(file, start) ?? metaEncoding, (tag) => !isMeta(tag))
    : { elements: new Map(), end: start }
  const metaSet = new DataSet(file, meta.elements)
  const named = metaSet.ascii(tags.transferSyntax)
  const uid = named ?? guessedSyntax(file, meta.end)
  const syntax = transferSyntax(uid)
  const bytes = syntax.deflated ? inflated(file.subarray(meta.end)) : file
  const from = syntax.deflated ? 0 : meta.end
  const encoding = trueEncoding(bytes, from, syntax)
  const { elements } = walkDataSet(bytes, { start: from, end: bytes.length }, encoding, until)
  if (elements.size === 0) throw truncated('the DICOM file has no data set')
  return {
    meta: metaSet,
    dataSet: new DataSet(bytes, elements),
    transferSyntaxUid: uid,
    transferSyntax: syntax,
    bytes,
    hasPreamble,
  }
}

const PREAMBLE = 128

/** Some writers leave the mark out and keep the zero bytes before it. */
const isUnmarked = (file: Uint8Array): boolean =>
  file.length > PREAMBLE &&
  file.subarray(0, PREAMBLE).every((byte) => byte === 0) &&
  looksLikeBareDicom(file.subarray(PREAMBLE))

const hasMark = (file: Uint8Array, at: number) =>
  file[at] === 0x44 && file[at + 1] === 0x49 && file[at + 2] === 0x43 && file[at + 3] === 0x4d

/** Group 2, in little-endian order as it should be, or in the order of its data set. */
const isMetaGroup = (file: Uint8Array, at: number) =>
  (file[at] === 2 && file[at + 1] === 0) || (file[at] === 0 && file[at + 1] === 2)

/**
 * Whether bytes without the mark at byte 128 begin as a DICOM file does: with the meta group, or with a data set whose
 * first element is of group 8 and has a length that can be; 128 zero bytes may come before.
 */
export function looksLikeBareDicom(head: Uint8Array): boolean {
  if (head.length < 12) return false
  // The mark without the preamble before it.
  if (hasMark(head, 0) || isUnmarked(head)) return true
  if (isMetaGroup(head, 0) && (head[2] === 0 || head[3] === 0)) return isRepresentation(head, 4)
  const little = head[0] === 8 && head[1] === 0 && head[3] === 0
  const big = head[0] === 0 && head[1] === 8 && head[2] === 0
  if (!little && !big) return false
  if (isRepresentation(head, 4)) return true
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  // The first elements of group 8 are short: a length, a character set, an image type.
  return little && view.getUint32(4, true) <= 256
}

/** The representation of the first element as it is written, whatever the file says of itself. */
function encodingAt(bytes: Uint8Array, at: number): Encoding | undefined {
  if (bytes.length < at + 8) return undefined
  // Groups of first elements are small: their high byte is 0.
  const littleEndian = bytes[at] !== 0 || bytes[at + 1] === 0
  return { littleEndian, explicit: isRepresentation(bytes, at + 4) }
}

const representations = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(
    ' ',
  ),
)
const isRepresentation = (bytes: Uint8Array, at: number) =>
  representations.has(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0))

function guessedSyntax(file: Uint8Array, at: number): string {
  const encoding = encodingAt(file, at)
  if (!encoding) throw truncated('the DICOM file ends before its data set')
  if (!encoding.littleEndian) return BIG_ENDIAN
  return encoding.explicit ? EXPLICIT : IMPLICIT
}

/** Files that announce one representation or byte order and are written in another are not rare; the writing counts. */
const trueEncoding = (bytes: Uint8Array, at: number, syntax: TransferSyntax): Encoding =>
  encodingAt(bytes, at) ?? syntax

function inflated(deflated: Uint8Array): Uint8Array {
  const most = Math.min(MAX_INFLATED, Math.max(ALWAYS_ALLOWED, MAX_INFLATION * deflated.length))
  try {
    // A data set does not begin with zlib's header; some writers deflate with it all the same.
    const inflate = hasZlibHeader(deflated) ? inflateSync : inflateRawSync
    return inflate(deflated, { maxOutputLength: most })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError(
        'TOO_LARGE',
        `the deflated file would become larger than ${Math.floor(most / 2 ** 20)} MiB: store it uncompressed`,
        { cause },
      )
    }
    if (code === 'Z_BUF_ERROR') throw truncated('the deflated data ends too early')
    throw damaged(`the deflated data cannot be unpacked (${code})`)
  }
}

/** RFC 1950: deflate, and a sum that 31 divides. */
const hasZlibHeader = ([method = 0, flags = 0]: Uint8Array) =>
  (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0
