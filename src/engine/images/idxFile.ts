/**
 * LeCun's idx files: two zero bytes, 8 (unsigned bytes), the number of dimensions, their sizes as big-endian 32-bit
 * numbers, then the values, rows first (yann.lecun.com/exdb/mnist, «FILE FORMATS»). Often in gzip.
 */
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { isGzip } from './format.ts'
import { inflateHead } from './inflateHead.ts'

/** 1.3 million pictures of 28×28. */
const MAX_BYTES = 2 ** 30
const UNSIGNED_BYTES = 8
/** Pictures seldom shrink to a tenth; a bomb to a thousandth. What is no larger than so harms nobody, like a file of labels. */
const MAX_RATIO = 200
const ALWAYS_ALLOWED = 16 * 2 ** 20
/** Holds the sizes, behind a head of gzip's and the tables of its first block. */
const HEAD_BYTES = 1024

export interface IdxArray {
  /** [pictures, rows, columns] or [labels]. */
  readonly shape: readonly number[]
  readonly values: Uint8Array
}

/** Reads a whole file. Throws UNSUPPORTED, TRUNCATED, DAMAGED or TOO_LARGE; messages do not name the file. */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const { size } = await stat(path)
  if (size > MAX_BYTES) throw tooLarge()
  const stored = await readFile(path)
  if (!isGzip(stored)) return parseIdx(stored)
  // What is inside says how much there will be, before room is made for it.
  const { wanted } = announced(inflateHead(stored.subarray(0, HEAD_BYTES)))
  if (wanted > Math.max(ALWAYS_ALLOWED, MAX_RATIO * stored.length)) {
    throw new AppError(
      'TOO_LARGE',
      `the compressed idx file would become ${wanted} bytes, more than ${MAX_RATIO} times its size, as bombs do and pictures do not: unpack it first`,
    )
  }
  return parseIdx(await inflate(stored, wanted))
}

/** The array of a file's bytes. */
function parseIdx(bytes: Uint8Array): IdxArray {
  const { shape, start, wanted } = announced(bytes)
  if (bytes.length < wanted) throw cut(wanted, bytes.length)
  if (bytes.length > wanted) throw overfull(wanted, bytes.length)
  return { shape, values: bytes.subarray(start) }
}

/** What the first bytes of a file say of the rest: `wanted` bytes in all, values from `start` on. */
function announced(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const dimensions = bytes[3] ?? 0
  const start = 4 + 4 * dimensions
  if (bytes.length < start) throw cut(start, bytes.length)
  const isKnown = view.getUint16(0) === 0 && bytes[2] === UNSIGNED_BYTES
  if (!isKnown || (dimensions !== 1 && dimensions !== 3)) {
    throw new AppError(
      'UNSUPPORTED',
      'an idx file of another kind than pictures (3 dimensions) or labels (1) of unsigned bytes',
    )
  }
  const shape = Array.from({ length: dimensions }, (_, at) => view.getUint32(4 + 4 * at))
  const wanted = start + shape.reduce((product, side) => product * side, 1)
  if (wanted > MAX_BYTES) throw tooLarge()
  return { shape, start, wanted }
}

async function inflate(stored: Uint8Array, wanted: number): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(stored, { maxOutputLength: wanted })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'ERR_BUFFER_TOO_LARGE') throw overfull(wanted)
    const isCut = code === 'Z_BUF_ERROR'
    throw new AppError(
      isCut ? 'TRUNCATED' : 'DAMAGED',
      `the compressed file ${isCut ? 'ends too early' : 'is damaged'}: copy it again`,
      { cause },
    )
  }
}

const cut = (wanted: number, found: number): AppError =>
  new AppError('TRUNCATED', `the idx file ends after ${found} of ${wanted} bytes: copy it again`)
const overfull = (wanted: number, found?: number): AppError =>
  new AppError(
    'DAMAGED',
    `the idx file announces ${wanted} bytes, but has ${found ?? 'more'}: copy it again`,
  )
const tooLarge = (): AppError =>
  new AppError('TOO_LARGE', 'the idx file holds more than 1 GiB: split it')
