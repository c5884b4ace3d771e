/** What a JPEG codestream says of itself (ITU-T T.81 Annex B), and the little that is changed for the decoder. */
import { CodecFault } from './codec.ts'

export interface JpegFrame {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: number
  readonly bits: number
  /** The low digit of the SOF marker: 0 baseline, 1 extended, 2 progressive, 3 lossless … */
  readonly process: number
  /** Huffman codes; else arithmetic ones. */
  readonly huffman: boolean
  /** Of an Adobe segment: 0 no transform, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform: number | undefined
  /** Colours that the codestream names: by its components' ids, or as JFIF, which is YCbCr. */
  readonly colours: 'RGB' | 'YBR_FULL' | undefined
  /** Where JFIF's and Adobe's segments lie. */
  readonly colourSegments: readonly { readonly start: number; readonly end: number }[]
  /** There is an end mark behind the entropy-coded data. */
  readonly isWhole: boolean
}

const EOI = 0xd9
const SOS = 0xda
const DHP = 0xde
const RST0 = 0xd0
const RST7 = 0xd7
const APP0 = 0xe0
const APP14 = 0xee

/** Throws TRUNCATED or DAMAGED where there is no frame header. */
export function readJpegMarkers(data: Uint8Array): JpegFrame {
  if (data[0] !== 0xff || data[1] !== 0xd8)
    throw new CodecFault('DAMAGED', 'the frame is no JPEG data')
  const colourSegments: JpegFrame['colourSegments'][number][] = []
  let adobeTransform: number | undefined
  let isJfif = false
  let ids = ''
  let frame:
    Omit<JpegFrame, 'adobeTransform' | 'colours' | 'colourSegments' | 'isWhole'> | undefined
  let at = 2
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff)
      throw new CodecFault('DAMAGED', `the JPEG data has no marker at byte ${at}`)
    const marker = data[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = (data[at + 2]! << 8) | data[at + 3]!
    const end = at + 2 + length
    if (marker === SOS) break
    if (length < 2 || end > data.length) throw cut(at)
    if (marker === DHP) throw new CodecFault('UNSUPPORTED', 'hierarchical JPEG')
    if (marker === APP14 && isAdobe(data, at + 4)) adobeTransform = data[end - 1]
    if (marker === APP0 && words(data, at + 4, 4) === 'JFIF') isJfif = true
    if (marker === APP0 || marker === APP14) colourSegments.push({ start: at, end })
    if (isFrameHeader(marker)) {
      if (length < 8) throw cut(at)
      frame = {
        bits: data[at + 4]!,
        rows: (data[at + 5]! << 8) | data[at + 6]!,
        columns: (data[at + 7]! << 8) | data[at + 8]!,
        samplesPerPixel: data[at + 9]!,
        process: marker & 3,
        huffman: marker < 0xc8,
      }
      ids = [0, 1, 2].map((place) => words(data, at + 10 + 3 * place, 1)).join('')
      if ((marker & 0x0f) >= 5 && marker < 0xc8)
        throw new CodecFault('UNSUPPORTED', 'hierarchical JPEG')
    }
    at = end
  }
  if (!frame) throw cut(at)
  const colours = /^(RGB|rgb)$/.test(ids) ? 'RGB' : isJfif ? 'YBR_FULL' : undefined
  return { ...frame, adobeTransform, colours, colourSegments, isWhole: endsWithMark(data, at) }
}

const words = (data: Uint8Array, at: number, length: number) =>
  Buffer.from(data.buffer, data.byteOffset + at, length).toString('latin1')

const cut = (at: number) =>
  new CodecFault('TRUNCATED', `the JPEG data ends in its header, at byte ${at}`)

/** SOF0–SOF15, without DHT, JPG and DAC, which share their numbers. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const isAdobe = (data: Uint8Array, at: number) => words(data, at, 5) === 'Adobe'

/**
 * The end mark stands behind the entropy-coded data, in which 0 follows every byte FF that is no marker (T.81 B.1.1.5);
 * whatever fills the fragment may follow it.
 */
function endsWithMark(data: Uint8Array, scan: number): boolean {
  let at = scan
  while (at >= 0 && at + 1 < data.length) {
    const marker = data[at + 1]!
    if (marker === EOI) return true
    const isInsideScan = marker === 0 || (marker >= RST0 && marker <= RST7)
    if (!isInsideScan && marker !== 0xff) at += 1 + ((data[at + 2]! << 8) | data[at + 3]!)
    at = data.indexOf(0xff, at + 1)
  }
  return false
}

/** Adobe's segment with transform 0: the decoder then gives the components as they are coded. */
const noTransform = Uint8Array.of(
  ...[0xff, APP14, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65],
  ...[0, 100, 0, 0, 0, 0, 0],
)

/** Without the segments that name a colour transform (JFIF's means one), and with one that names none. */
export function withoutColourTransform(
  data: Uint8Array,
  { colourSegments }: Pick<JpegFrame, 'colourSegments'>,
): Uint8Array {
  const parts = [data.subarray(0, 2), noTransform]
  let from = 2
  for (const { start, end } of colourSegments) {
    parts.push(data.subarray(from, start))
    from = end
  }
  return Buffer.concat([...parts, data.subarray(from)])
}
