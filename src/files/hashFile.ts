import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { throwIfCancelled } from '../shared/errors.ts'
import { describeFileError } from './fileError.ts'

interface Hashed {
  /** Hexadecimal. */
  readonly sha256: string
  readonly bytes: number
}

/** Of a file of any length, in pieces. Throws CANCELLED, and why it cannot be read (`describeFileError`). */
export async function hashFile(path: string, signal: AbortSignal): Promise<Hashed> {
  const sum = emptySum()
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      throwIfCancelled(signal)
      add(sum, chunk as Buffer)
    }
  } catch (cause) {
    throw describeFileError(cause, path, 'read')
  }
  return hashed(sum)
}

/**
 * Copies a file to a name that is free, in one reading, and syncs the copy. Returns what was copied; throws why it cannot
 * be (`describeFileError`).
 */
export async function copyHashed(from: string, to: string): Promise<Hashed> {
  const sum = emptySum()
  async function* added(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      add(sum, chunk)
      yield chunk
    }
  }
  try {
    await pipeline(createReadStream(from), added, createWriteStream(to, { flags: 'wx' }))
    await syncFile(to)
  } catch (cause) {
    throw describeFileError(cause, from, 'copied')
  }
  return hashed(sum)
}

interface Sum {
  readonly hash: Hash
  bytes: number
}

const emptySum = (): Sum => ({ hash: createHash('sha256'), bytes: 0 })
const hashed = ({ hash, bytes }: Sum): Hashed => ({ sha256: hash.digest('hex'), bytes })

function add(sum: Sum, chunk: Buffer) {
  sum.hash.update(chunk)
  sum.bytes += chunk.byteLength
}

/** Makes what is in a file outlive a power cut. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
