/** The main header of a JPEG 2000 codestream (ITU-T T.800 Annex A), also inside of a JP2 file. */
import { CodecFault } from './codec.ts'

export interface Jpeg2000Frame {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: number
  readonly bits: number
  readonly signed: boolean
}

const SOC = 0xff4f
const SIZ = 0xff51
const SOT = 0xff90
const EOC = 0xffd9

/**
 * Throws DAMAGED without a header, and TRUNCATED where a tile-part reaches beyond the data and the end mark is
 * missing: decoders fill such gaps with guesses.
 */
export function readJpeg2000Markers(data: Uint8Array): Jpeg2000Frame {
  const start = codestreamIn(data)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (start + 44 > data.length || view.getUint16(start + 2) !== SIZ) {
    throw new CodecFault('TRUNCATED', 'the JPEG 2000 data ends in its header')
  }
  const at = start + 6
  const component = view.getUint8(at + 36)
  if (!isWhole(view, start)) {
    throw new CodecFault(
      'TRUNCATED',
      `the JPEG 2000 codestream ends after ${data.length - start} bytes, before its tiles do`,
    )
  }
  return {
    columns: view.getUint32(at + 2) - view.getUint32(at + 10),
    rows: view.getUint32(at + 6) - view.getUint32(at + 14),
    samplesPerPixel: view.getUint16(at + 34),
    bits: (component & 0x7f) + 1,
    signed: component > 0x7f,
  }
}

/** A copy of whole data whose header says of no component that it is signed. */
export function withoutSigns(data: Uint8Array): Uint8Array {
  const copy = new Uint8Array(data)
  const at = codestreamIn(copy) + 6
  const components = new DataView(copy.buffer).getUint16(at + 34)
  for (let component = 0; component < components; component++)
    copy[at + 36 + 3 * component]! &= 0x7f
  return copy
}

/** A bare codestream begins at once; in a JP2 file it lies in the box «jp2c». */
function codestreamIn(data: Uint8Array): number {
  if (data[0] === 0xff && data[1] === SOC % 256) return 0
  const found = Buffer.from(data.buffer, data.byteOffset, data.length).indexOf(
    Buffer.of(0xff, 0x4f, 0xff, 0x51),
  )
  if (found < 0) throw new CodecFault('DAMAGED', 'the frame is no JPEG 2000 data')
  return found
}

/** What writers fill the last fragment with. */
const filling = new Set([0, 0x20, 0xff])

function isWhole(view: DataView, start: number): boolean {
  let end = view.byteLength
  while (end > start + 2 && filling.has(view.getUint8(end - 1))) end--
  if (view.getUint16(end - 2) === EOC) return true
  let at = start + 2
  while (at + 12 <= view.byteLength) {
    const marker = view.getUint16(at)
    if (marker === EOC) return true
    if (marker !== SOT) {
      at += 2 + view.getUint16(at + 2)
      continue
    }
    const length = view.getUint32(at + 6)
    // A length of 0 means up to the end mark, which is not there.
    if (length < 12 || at + length > view.byteLength) return false
    at += length
  }
  return at >= view.byteLength - 2
}
