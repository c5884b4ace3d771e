/** Colour images as red, green and blue with 8 bits (PS3.3 C.7.6.3.1.2). */
import type { DataSet } from './dataSet.ts'
import { coloured } from './palette.ts'
import type { PixelModule } from './pixelModule.ts'
import type { StoredSamples } from './storedValues.ts'
import type { Packing } from './transferSyntaxes.ts'

/** [rows, columns, 3], 0–255. */
export function asRgb(
  dataSet: DataSet,
  module: PixelModule,
  stored: StoredSamples,
  packing: Packing | undefined,
): Uint8Array {
  if (module.samplesPerPixel === 1) return coloured(dataSet, stored, module.signed)
  const eight = asEightBits(stored, module)
  switch (module.photometric) {
    case 'YBR_FULL':
    case 'YBR_FULL_422':
      return fromYbr(eight, 1, 0)
    case 'YBR_PARTIAL_422':
    case 'YBR_PARTIAL_420':
      return fromYbr(eight, 255 / 219, 16)
    case 'YBR_ICT':
    case 'YBR_RCT':
      // JPEG 2000 undoes its own transform; in another coding the names mean full-range YCbCr.
      return packing === 'jpeg-2000' || packing === 'htj2k' ? eight : fromYbr(eight, 1, 0)
    default:
      return eight
  }
}

function asEightBits(stored: StoredSamples, { bitsStored, signed }: PixelModule): Uint8Array {
  if (stored instanceof Uint8Array && bitsStored === 8) return stored
  const zero = signed ? -(2 ** (bitsStored - 1)) : 0
  const factor = 255 / (2 ** bitsStored - 1)
  const eight = new Uint8ClampedArray(stored.length)
  for (let at = 0; at < stored.length; at++) eight[at] = (stored[at]! - zero) * factor
  return new Uint8Array(eight.buffer)
}

/** ITU-R BT.601; `scale` and `black` undo the narrow range of YBR_PARTIAL. */
function fromYbr(ybr: Uint8Array, scale: number, black: number): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length)
  const chroma = scale === 1 ? 1 : 255 / 224
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = (ybr[at]! - black) * scale
    const blue = (ybr[at + 1]! - 128) * chroma
    const red = (ybr[at + 2]! - 128) * chroma
    rgb[at] = y + 1.402 * red
    rgb[at + 1] = y - 0.344_136 * blue - 0.714_136 * red
    rgb[at + 2] = y + 1.772 * blue
  }
  return new Uint8Array(rgb.buffer)
}
