/** Arrays as NumPy keeps them: a zip of .npy files (NEP 1, version 1.0), little-endian float32 in C order. */
import { strToU8, zipSync, type Zippable } from 'fflate'
import type { NamedArray } from '../graph/network.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]
/** Of the header, so that the numbers lie as a processor likes them. */
const ALIGNMENT = 64

export function npzOf(arrays: readonly NamedArray[]): Uint8Array {
  const files: Zippable = {}
  for (const array of arrays) files[`${array.name}.npy`] = [npyOf(array), { level: 0 }]
  return zipSync(files)
}

function npyOf({ shape, values }: NamedArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]!},)` : `(${shape.join(', ')})`
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  const start = Math.ceil((MAGIC.length + 2 + words.length + 1) / ALIGNMENT) * ALIGNMENT
  const header = strToU8(`${words.padEnd(start - MAGIC.length - 3)}\n`)
  const bytes = new Uint8Array(start + values.byteLength)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint16(MAGIC.length, header.length, true)
  bytes.set(header, MAGIC.length + 2)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start)
  return bytes
}
