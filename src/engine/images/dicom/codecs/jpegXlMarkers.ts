/** What a JPEG XL codestream says of its size and depth (ISO/IEC 18181-1 D.2, D.3), also inside of its container. */
import { CodecFault } from './codec.ts'

export interface JpegXlFrame {
  readonly rows: number
  readonly columns: number
  readonly bits: number
}

/** Throws TRUNCATED or DAMAGED without a header, UNSUPPORTED for floating point. */
export function readJpegXlHeader(data: Uint8Array): JpegXlFrame {
  const codestream = codestreamIn(data)
  if (codestream[0] !== 0xff || codestream[1] !== 0x0a)
    throw new CodecFault('DAMAGED', 'the frame is no JPEG XL data')
  const bits = bitsOf(codestream.subarray(2))
  const { rows, columns } = size(bits)
  return { rows, columns, bits: depth(bits) }
}

/** The lowest bit of each byte comes first. */
function bitsOf(bytes: Uint8Array): (count: number) => number {
  let at = 0
  return (count) => {
    let value = 0
    for (let place = 0; place < count; place++, at++) {
      const byte = bytes[at >> 3]
      if (byte === undefined)
        throw new CodecFault('TRUNCATED', 'the JPEG XL data ends in its header')
      value += ((byte >> (at & 7)) & 1) * 2 ** place
    }
    return value
  }
}
type Bits = ReturnType<typeof bitsOf>

/** Columns by rows of the ratios that have a number. */
const ratios = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const
const lengths = [9, 13, 18, 30] as const

function size(bits: Bits) {
  const isSmall = bits(1) === 1
  const length = () => (isSmall ? 8 * (bits(5) + 1) : bits(lengths[bits(2)]!) + 1)
  const rows = length()
  const ratio = ratios[bits(3) - 1]
  return { rows, columns: ratio ? Math.floor((rows * ratio[0]) / ratio[1]) : length() }
}

function depth(bits: Bits): number {
  const isAllDefault = bits(1) === 1
  if (isAllDefault) return 8
  const hasExtraFields = bits(1) === 1
  if (hasExtraFields) {
    bits(3)
    if (bits(1) === 1) size(bits)
    if (bits(1) + bits(1) > 0) throw new CodecFault('UNSUPPORTED', 'a moving JPEG XL picture')
  }
  if (bits(1) === 1) throw new CodecFault('UNSUPPORTED', 'JPEG XL of floating-point values')
  const kind = bits(2)
  return [8, 10, 12][kind] ?? bits(6) + 1
}

/** A bare codestream begins at once; in a container it lies in the box «jxlc», or begins in the first «jxlp». */
function codestreamIn(data: Uint8Array): Uint8Array {
  if (data[0] === 0xff) return data
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at + 8 <= data.length;) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...data.subarray(at + 4, at + 8))
    const start = length === 1 ? at + 16 : at + 8
    if (name === 'jxlc') return data.subarray(start)
    if (name === 'jxlp') return data.subarray(start + 4)
    const whole = length === 1 && at + 16 <= data.length ? view.getUint32(at + 12) : length
    if (whole < 8) break
    at += whole
  }
  throw new CodecFault('TRUNCATED', 'the JPEG XL data ends before its codestream')
}

/** The library gives samples that fill bytes or words; the codestream's own are fewer levels. */
export function inOwnLevels<T extends Uint8Array | Uint16Array | Uint32Array>(
  samples: T,
  bits: number,
): T {
  const full = samples.BYTES_PER_ELEMENT * 8
  if (bits === full) return samples
  const factor = (2 ** bits - 1) / (2 ** full - 1)
  for (let at = 0; at < samples.length; at++) samples[at] = Math.round(samples[at]! * factor)
  return samples
}
