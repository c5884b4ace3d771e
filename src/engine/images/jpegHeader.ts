import {
  damaged,
  HeaderReader,
  SYNTHETIC_MARK,
  truncated,
  unsupported,
  type RasterHeader,
} from './header.ts'
import { exifOrientation, type Orientation } from './orientation.ts'

const marker = { sos: 0xda, eoi: 0xd9, app1: 0xe1, comment: 0xfe } as const
/** CIPA DC-008, 4.7.2. */
const EXIF = 'Exif\0\0'

/**
 * Walks a JPEG file (ITU-T T.81 Annex B) from mark to mark to its end. libjpeg would draw what it has
 * and fill the rest with grey, so a file without its end mark is refused here.
 * Throws TRUNCATED, DAMAGED or UNSUPPORTED (12 bits, lossless, arithmetic coding).
 */
export function readJpegHeader(bytes: Uint8Array): RasterHeader {
  const reader = new HeaderReader(bytes, false)
  let frame: Omit<RasterHeader, 'synthetic'> | undefined
  let synthetic = false
  let orientation: Orientation | undefined
  let scans = 0
  let at = 2
  for (;;) {
    const code = markerAt(reader, at)
    at += 2
    if (code === marker.eoi) break
    if (code === 0xff) at -= 1
    if (code === 0xff || isStandalone(code)) continue
    const length = reader.u16(at)
    if (isFrame(code)) frame ??= readFrame(reader, at, code)
    if (code === marker.comment) {
      synthetic ||= reader.text(at + 2, length - 2).includes(SYNTHETIC_MARK)
    }
    if (code === marker.app1 && length > 8 && reader.text(at + 2, 6) === EXIF) {
      orientation ??= exifOrientation(bytes.subarray(at + 8, at + length))
    }
    at += length
    if (code === marker.sos) {
      scans++
      at = endOfScan(bytes, at)
    }
  }
  if (!frame || scans === 0) throw truncated('the JPEG file ends before its picture')
  return { ...frame, synthetic, ...(orientation && { orientation }) }
}

function markerAt(reader: HeaderReader, at: number): number {
  if (at + 2 > reader.bytes.length) {
    throw truncated(`the JPEG data ends after ${reader.bytes.length} bytes without its end mark`)
  }
  if (reader.u8(at) === 0xff) return reader.u8(at + 1)
  throw damaged(`the JPEG data is broken at byte ${at}`)
}

/** TEM, RST0 to RST7 and SOI have no length. */
const isStandalone = (code: number) => code === 0x01 || (code >= 0xd0 && code <= 0xd8)

/** SOF0 to SOF15, without DHT, JPG and DAC. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code)

function readFrame(reader: HeaderReader, at: number, code: number) {
  const bitsStored = reader.u8(at + 2)
  const components = reader.u8(at + 7)
  if (code > 0xc2) throw unsupported('JPEG with lossless or arithmetic coding')
  if (bitsStored !== 8) throw unsupported(`JPEG with ${bitsStored} bits a sample`)
  return {
    rows: reader.u16(at + 3),
    columns: reader.u16(at + 5),
    frames: 1,
    samplesPerPixel: components,
    bitsStored,
    photometric: components === 1 ? ('MONOCHROME2' as const) : ('RGB' as const),
  }
}

/** Where the coded data ends: at the next mark that is no stuffed zero (FF 00) and no restart mark. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    const found = bytes.indexOf(0xff, at)
    if (found < 0 || found + 1 >= bytes.length) return bytes.length
    const code = bytes[found + 1]!
    if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return found
    at = found + (code === 0xff ? 1 : 2)
  }
}
