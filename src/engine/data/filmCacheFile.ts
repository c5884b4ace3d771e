/**
 * The file of a film cache: the pixels of all films one after the other, a JSON text about them, and at
 * the very end 44 bytes: SHA-256 of all before, length of the JSON text (4 bytes), mark (8 bytes).
 */
import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { writeFully } from '../../files/atomicWrite.ts'
import { damaged } from '../images/header.ts'

const MARK = Buffer.from('PNSCOPE1', 'latin1')
const FOOTER_BYTES = 32 + 4 + MARK.length
/** Of a file that is checked from front to back. */
const READ_BYTES = 4 * 2 ** 20

export const CacheContents = z.object({
  films: z.int().min(0),
  /** Of one film. */
  filmBytes: z.int().min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Every readable film says of itself that no patient stands behind it. */
  synthetic: z.boolean(),
  /** `at` counts films from 0; their pixels are zeros that nobody reads. */
  refused: z.array(z.object({ at: z.int().min(0), code: z.string(), reason: z.string() })),
})
export type CacheContents = z.infer<typeof CacheContents>

/** Writes a cache file from front to back. */
export class CacheWriter {
  readonly #hash: Hash = createHash('sha256')
  constructor(private readonly file: FileHandle) {}

  async add(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    await writeFully(this.file, bytes)
  }

  async finish(contents: CacheContents): Promise<void> {
    const text = Buffer.from(JSON.stringify(contents), 'utf8')
    await this.add(text)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    await writeFully(this.file, Buffer.concat([this.#hash.digest(), length, MARK]))
    await this.file.sync()
  }
}

/** Reads the whole file once to check it. Throws DAMAGED for anything but a complete, unchanged cache file. */
export async function readCacheFile(file: FileHandle): Promise<CacheContents> {
  const { size } = await file.stat()
  if (size < FOOTER_BYTES) throw damaged('the film cache is too short')
  const footer = await readAt(file, size - FOOTER_BYTES, FOOTER_BYTES)
  const textBytes = footer.readUInt32LE(32)
  const textAt = size - FOOTER_BYTES - textBytes
  if (!footer.subarray(36).equals(MARK) || textAt < 0) throw damaged('the film cache is cut off')
  const hash = createHash('sha256')
  const piece = Buffer.alloc(Math.min(READ_BYTES, textAt))
  for (let at = 0; at < textAt; at += READ_BYTES) {
    hash.update(await readInto(file, at, piece.subarray(0, Math.min(READ_BYTES, textAt - at))))
  }
  const text = await readAt(file, textAt, textBytes)
  if (!hash.update(text).digest().equals(footer.subarray(0, 32))) {
    throw damaged('the film cache has changed since it was written')
  }
  const contents = CacheContents.parse(JSON.parse(text.toString('utf8')))
  if (contents.films * contents.filmBytes !== textAt)
    throw damaged('the film cache is inconsistent')
  return contents
}

const readAt = (file: FileHandle, at: number, length: number): Promise<Buffer> =>
  readInto(file, at, Buffer.alloc(length))

/** Fills `bytes` from a place on. Throws DAMAGED at the end of the file. */
export async function readInto<Bytes extends Uint8Array>(
  file: FileHandle,
  at: number,
  bytes: Bytes,
): Promise<Bytes> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at + done)
    if (bytesRead === 0) throw damaged('the film cache ends too early')
    done += bytesRead
  }
  return bytes
}
