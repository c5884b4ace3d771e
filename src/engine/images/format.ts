/** What a file is, by its content; names and extensions are not asked. */
import type { FilmFormat } from '../../shared/domain/film.ts'
import { looksLikeBareDicom } from './dicom/openDicom.ts'

const startsWith = (bytes: Uint8Array, mark: readonly number[], at = 0) =>
  mark.every((value, index) => bytes[at + index] === value)

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))

/** The formats that a film may have, as a refusal lists them. */
export const filmFormats = 'DICOM, JPEG, PNG, BMP, GIF, WebP, TIFF'

/**
 * The format that the first bytes of a file announce (DICOM's mark ends at byte 132), or undefined for
 * anything that is no picture.
 */
export function sniffFormat(head: Uint8Array): FilmFormat | undefined {
  // PS3.10 7.1: 128 bytes that may hold anything, also another format's mark, then «DICM».
  if (startsWith(head, ascii('DICM'), 128)) return 'dicom'
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(head, [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(head, ascii('GIF87a')) || startsWith(head, ascii('GIF89a'))) return 'gif'
  if (startsWith(head, ascii('RIFF')) && startsWith(head, ascii('WEBP'), 8)) return 'webp'
  if (startsWith(head, [...ascii('II'), 42, 0]) || startsWith(head, [...ascii('MM'), 0, 42])) {
    return 'tiff'
  }
  // «BM» alone is also how many a text begins: the reserved words must be 0 and the header size a known one.
  if (startsWith(head, ascii('BM')) && startsWith(head, [0, 0, 0, 0], 6) && isBmpHeader(head)) {
    return 'bmp'
  }
  if (isIdxHead(head)) return 'idx'
  return looksLikeBareDicom(head) ? 'dicom' : undefined
}

const isBmpHeader = (head: Uint8Array) =>
  [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && startsWith(head, [0, 0, 0], 15)

/** LeCun's idx: two zero bytes, 8 for unsigned bytes, 1 (labels) or 3 (pictures) dimensions. */
const isIdxHead = (head: Uint8Array) =>
  startsWith(head, [0, 0, 8, 1]) || startsWith(head, [0, 0, 8, 3])

export const isGzip = (head: Uint8Array): boolean => startsWith(head, [0x1f, 0x8b, 8])

/**
 * A local header, or the end of an archive without entries (APPNOTE.TXT 4.3.7, 4.3.16). A DICOM file may begin with these bytes
 * too: the first `ZIP_HEAD_BYTES` tell.
 */
export const isZip = (head: Uint8Array): boolean =>
  !startsWith(head, ascii('DICM'), 128) &&
  (startsWith(head, [...ascii('PK'), 3, 4]) || startsWith(head, [...ascii('PK'), 5, 6]))

export const ZIP_HEAD_BYTES = 132

/** A name for a person. */
export const formatNames: Readonly<Record<FilmFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  bmp: 'BMP',
  gif: 'GIF',
  webp: 'WebP',
  tiff: 'TIFF',
  dicom: 'DICOM',
  idx: 'MNIST idx',
}
