/** Stored values out of the cells that hold them (PS3.5 8): any depth to 32 bits, either byte order, stray bits cut off. */
import type { PixelModule } from './pixelModule.ts'

/** One frame, [rows, columns, samples], before any look-up table. */
export type StoredSamples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

type Cells = Pick<PixelModule, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed' | 'kind'>

interface Reading {
  readonly littleEndian: boolean
  readonly cells: Cells
  readonly count: number
  /** Frames of single bits do not begin at bytes. */
  readonly firstBit?: number
  /** The bytes begin a buffer that nobody else reads: the values may take their place. */
  readonly isSpare?: boolean
}

/** Reads `count` cells; `bytes` holds at least them, from bit `firstBit` on. */
export function readCells(bytes: Uint8Array, reading: Reading): StoredSamples {
  const { littleEndian, cells, count } = reading
  if (cells.kind !== 'integer') return floats(bytes, littleEndian, cells.kind, count)
  return storedIn(rawCells(bytes, reading), cells)
}

function floats(bytes: Uint8Array, littleEndian: boolean, kind: 'float' | 'double', count: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = kind === 'float' ? new Float32Array(count) : new Float64Array(count)
  for (let at = 0; at < count; at++) {
    values[at] =
      kind === 'float'
        ? view.getFloat32(at * 4, littleEndian)
        : view.getFloat64(at * 8, littleEndian)
  }
  return values
}

type Raw = Uint8Array | Uint16Array | Uint32Array

function rawCells(
  bytes: Uint8Array,
  { littleEndian, cells, count, firstBit = 0, isSpare = false }: Reading,
): Raw {
  const bits = cells.bitsAllocated
  if (bits === 8) return bytes.subarray(0, count)
  if (bits !== 16 && bits !== 32) return packedCells(bytes, bits, count, firstBit)
  // A copy of its own, because the file's values rarely lie where an array of numbers may begin.
  const own = isSpare ? bytes : new Uint8Array(bytes.subarray(0, (count * bits) / 8))
  if (!littleEndian) {
    const buffer = Buffer.from(own.buffer)
    if (bits === 16) buffer.swap16()
    else buffer.swap32()
  }
  return bits === 16 ? new Uint16Array(own.buffer, 0, count) : new Uint32Array(own.buffer, 0, count)
}

/**
 * Cells that end inside of bytes follow each other without gaps, the lowest bit first (PS3.5 8.1.1).
 */
function packedCells(bytes: Uint8Array, bits: number, count: number, firstBit: number): Raw {
  const cells =
    bits < 8 ? new Uint8Array(count) : bits <= 16 ? new Uint16Array(count) : new Uint32Array(count)
  for (let cell = 0, bit = firstBit; cell < count; cell++) {
    let value = 0
    for (let place = 0; place < bits; place++, bit++) {
      const byte = bytes[Math.floor(bit / 8)] ?? 0
      value += ((byte >> (bit & 7)) & 1) * 2 ** place
    }
    cells[cell] = value
  }
  return cells
}

/** Cuts the stored bits out of cells, and reads them as signed numbers where they are that. */
function storedIn(raw: Raw, { bitsAllocated, bitsStored, highBit, signed }: Cells): StoredSamples {
  const shift = highBit + 1 - bitsStored
  if (bitsStored === bitsAllocated) return signed ? asSigned(raw) : raw
  const cut = cutOut(raw, shift, 2 ** bitsStored - 1)
  return signed ? signExtended(cut, bitsStored) : cut
}

/**
 * `mask` of each cell, from bit `shift` on. Two cells of 16 bits are cut at once: what the upper one lets fall into the
 * lower lies above its mask.
 */
function cutOut(raw: Raw, shift: number, mask: number): Raw {
  // Bytes may be those of the file; deeper cells are ours already.
  const cut = raw instanceof Uint8Array ? raw.slice() : raw
  let at = 0
  if (cut instanceof Uint16Array) {
    const pairs = new Uint32Array(cut.buffer, 0, Math.floor(cut.length / 2))
    const masks = mask | (mask << 16)
    for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = (pairs[pair]! >>> shift) & masks
    at = 2 * pairs.length
  }
  for (; at < cut.length; at++) cut[at] = (raw[at]! >>> shift) & mask
  return cut
}

function asSigned(raw: Raw): StoredSamples {
  if (raw instanceof Uint8Array) return new Int8Array(raw.buffer, raw.byteOffset, raw.length)
  if (raw instanceof Uint16Array) return new Int16Array(raw.buffer, raw.byteOffset, raw.length)
  return new Int32Array(raw.buffer, raw.byteOffset, raw.length)
}

/** Takes bit `bits − 1` for the sign, whatever stands above it. */
export function signExtended(raw: StoredSamples, bits: number): StoredSamples {
  const shift = 32 - bits
  const extended =
    raw.BYTES_PER_ELEMENT === 1
      ? new Int8Array(raw.length)
      : raw.BYTES_PER_ELEMENT === 2
        ? new Int16Array(raw.length)
        : new Int32Array(raw.length)
  for (let at = 0; at < raw.length; at++) extended[at] = (raw[at]! << shift) >> shift
  return extended
}
