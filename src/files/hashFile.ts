import { createHash } from 'node:crypto'
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
  const { hashed, measure } = measuring(signal)
  try {
    for await (const _ of measure(createReadStream(path, { highWaterMark: 2 ** 20 })));
  } catch (cause) {
    throw describeFileError(cause, path, 'read')
  }
  return hashed()
}

/**
 * Copies a file to a name that is free, in one reading, and syncs the copy. Returns what was copied; throws why it cannot
 * be (`describeFileError`).
 */
export async function copyHashed(from: string, to: string): Promise<Hashed> {
  const { hashed, measure } = measuring()
  try {
    await pipeline(createReadStream(from), measure, createWriteStream(to, { flags: 'wx' }))
    await syncFile(to)
  } catch (cause) {
    throw describeFileError(cause, from, 'copied')
  }
  return hashed()
}

function measuring(signal?: AbortSignal) {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    hashed: (): Hashed => ({ sha256: hash.digest('hex'), bytes }),
    async *measure(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        if (signal) throwIfCancelled(signal)
        hash.update(chunk)
        bytes += chunk.byteLength
        yield chunk
      }
    },
  }
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
