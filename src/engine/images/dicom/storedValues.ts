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

/**
 * Reads `count` cells; `bytes` holds at least them, from bit `firstBit` on. Where the values lie in `bytes` as an array
 * wants them, they stay there: nobody may write into what is read.
 */
export function readCells(bytes: Uint8Array, reading: Reading): StoredSamples {
  const { littleEndian, cells, count, firstBit = 0 } = reading
  const { kind, bitsAllocated } = cells
  if (kind === 'float') return new Float32Array(...wholeBytes(bytes, 4, reading), count)
  if (kind === 'double') return new Float64Array(...wholeBytes(bytes, 8, reading), count)
  if (bitsAllocated === 8) return storedIn(bytes.subarray(0, count), false, cells)
  if (bitsAllocated !== 16 && bitsAllocated !== 32) {
    return storedIn(packedCells(bytes, bitsAllocated, count, firstBit), true, cells)
  }
  const place = wholeBytes(bytes, bitsAllocated === 16 ? 2 : 4, reading)
  const raw =
    bitsAllocated === 16 ? new Uint16Array(...place, count) : new Uint32Array(...place, count)
  return storedIn(
    raw,
    !littleEndian || reading.isSpare === true || place[0] !== bytes.buffer,
    cells,
  )
}

/** Where cells of whole bytes lie as an array of numbers wants them: in `bytes` itself, or in a copy. */
function wholeBytes(
  bytes: Uint8Array,
  size: 2 | 4 | 8,
  { littleEndian, count, isSpare = false }: Reading,
): [buffer: ArrayBufferLike, offset: number] {
  if (littleEndian && bytes.byteOffset % size === 0) return [bytes.buffer, bytes.byteOffset]
  const own = isSpare ? bytes : new Uint8Array(bytes.subarray(0, count * size))
  if (!littleEndian) {
    const turned = Buffer.from(own.buffer, own.byteOffset, count * size)
    if (size === 2) turned.swap16()
    else if (size === 4) turned.swap32()
    else turned.swap64()
  }
  return [own.buffer, own.byteOffset]
}

type Raw = Uint8Array | Uint16Array | Uint32Array

/** Cells that end inside of bytes follow each other without gaps, the lowest bit first (PS3.5 8.1.1). */
function packedCells(bytes: Uint8Array, bits: number, count: number, firstBit: number): Raw {
  const cells =
    bits <= 8 ? new Uint8Array(count) : bits <= 16 ? new Uint16Array(count) : new Uint32Array(count)
  // A cell and the bits before it in its first byte fit 32 bits, or else the 53 of a number.
  const [window, mask] = [bits <= 25 ? 4 : 5, 2 ** bits - 1]
  for (let cell = 0, bit = firstBit; cell < count; cell++, bit += bits) {
    const at = Math.floor(bit / 8)
    const shift = bit % 8
    if (window === 4) {
      const [first = 0, second = 0, third = 0, fourth = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] // prettier-ignore
      const word = first | (second << 8) | (third << 16) | (fourth << 24)
      cells[cell] = (word >>> shift) & mask
    } else {
      let value = 0
      for (let place = window - 1; place >= 0; place--)
        value = value * 256 + (bytes[at + place] ?? 0)
      cells[cell] = Math.floor(value / 2 ** shift) % 2 ** bits
    }
  }
  return cells
}

/**
 * Cuts the stored bits out of cells, and reads them as signed numbers where they are that. `isOwn`: nobody else reads
 * the cells. Most films leave the bits above the stored ones empty, and then nothing is to be cut.
 */
function storedIn(
  raw: Raw,
  isOwn: boolean,
  { bitsAllocated, bitsStored, highBit, signed }: Cells,
): StoredSamples {
  const named = highBit + 1 - bitsStored
  const shift = named > 0 && beginsAtBit0(raw, named, { bitsStored, signed }) ? 0 : named
  if (bitsStored === bitsAllocated) {
    if (!signed) return raw
    return bitsAllocated === 8 * raw.BYTES_PER_ELEMENT
      ? asSigned(raw)
      : signExtended(raw, bitsStored)
  }
  const mask = 2 ** bitsStored - 1
  const isCut = shift === 0 && !reachesAbove(raw, mask)
  const cut = isCut ? raw : cutOut(isOwn ? raw : raw.slice(), shift, mask)
  return signed ? signExtended(cut, bitsStored) : cut
}

/**
 * Writers that set the high bit and leave the values where they are show it by bits below the named ones and nothing, or a
 * sign, above their own. Single bits are drawings, which say nothing of where values lie.
 */
function beginsAtBit0(
  raw: Raw,
  named: number,
  { bitsStored, signed }: Pick<Cells, 'bitsStored' | 'signed'>,
): boolean {
  if (bitsStored === 1) return false
  const [below, shift] = [2 ** named - 1, 32 - bitsStored]
  const unused = 32 - 8 * raw.BYTES_PER_ELEMENT
  let isBelow = false
  const { length } = raw
  for (let at = 0; at < length; at++) {
    const value = raw[at]!
    const wide = (value << unused) >> unused
    if (signed ? (wide << shift) >> shift !== wide : (value << shift) >>> shift !== value)
      return false
    isBelow ||= (value & below) !== 0
  }
  return isBelow
}

const reachesAbove = (raw: Raw, mask: number): boolean => (bitsIn(raw) & ~mask) !== 0

/** The bits that any of the cells has set. Two cells of 16 bits are looked at together, but for those at the ends. */
function bitsIn(raw: Raw): number {
  if (!(raw instanceof Uint16Array) || raw.length < 3) return united(raw)
  const lead = raw.byteOffset % 4 === 0 ? 0 : 1
  const pairs = (raw.length - lead) >> 1
  const both = united(new Uint32Array(raw.buffer, raw.byteOffset + 2 * lead, pairs))
  return ((both | (both >>> 16)) & 0xffff) | raw[0]! | raw[raw.length - 1]!
}

function united(cells: Raw): number {
  let all = 0
  // By index: an iterator takes three times as long.
  const { length } = cells
  for (let at = 0; at < length; at++) all |= cells[at]!
  return all
}

/**
 * `mask` of each cell, from bit `shift` on. Two cells of 16 bits are cut at once: what the upper one lets fall into the
 * lower lies above its mask.
 */
function cutOut(cut: Raw, shift: number, mask: number): Raw {
  let at = 0
  if (cut instanceof Uint16Array && cut.byteOffset % 4 === 0) {
    const pairs = new Uint32Array(cut.buffer, cut.byteOffset, Math.floor(cut.length / 2))
    const masks = mask | (mask << 16)
    for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = (pairs[pair]! >>> shift) & masks
    at = 2 * pairs.length
  }
  for (; at < cut.length; at++) cut[at] = (cut[at]! >>> shift) & mask
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
