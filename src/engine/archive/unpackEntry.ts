/** One entry of a zip archive becomes a file, whole or not at all. */
import { createReadStream } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { ZipFile } from 'yauzl'
import { writeFully } from '../../files/atomicWrite.ts'
import { discard } from '../../files/discard.ts'
import { AppError } from '../../shared/errors.ts'
import { extendCrc32 } from '../images/crc32.ts'
import type { ArchiveEntry } from './entries.ts'

/**
 * Writes the entry under a temporary name and renames it once length and checksum are what the directory says. Nothing
 * beyond that length is read. Throws DAMAGED where they differ, with words that name no file, and what writing throws.
 */
export async function unpackEntry(
  zip: ZipFile,
  entry: ArchiveEntry,
  { path, temporary }: { readonly path: string; readonly temporary: string },
): Promise<void> {
  try {
    const file = await open(temporary, 'wx')
    try {
      for await (const chunk of contentOf(zip, entry)) await writeFully(file, chunk)
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await discard(temporary)
    throw cause
  }
}

/**
 * What the entry unpacks to, piece by piece, and no piece more than its directory announces. Throws DAMAGED where length
 * or checksum differ, with words that name no file.
 */
export async function* contentOf(zip: ZipFile, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const stream = await zip.openReadStreamPromise(entry.handle).catch(notWhole)
  let bytes = 0
  let crc = 0
  for await (const chunk of chunksOf(stream)) {
    bytes += chunk.length
    if (bytes > entry.bytes) throw damaged('it unpacks to more than it announces')
    crc = extendCrc32(crc, chunk)
    yield chunk
  }
  if (bytes < entry.bytes) throw damaged('it unpacks to less than it announces')
  if (crc !== entry.crc32) throw damaged('its checksum is another')
}

/** Whether the file there is the entry, to the last byte. */
export async function isUnpacked(path: string, entry: ArchiveEntry): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile() || file.size !== entry.bytes) return false
  let crc = 0
  for await (const chunk of chunksOf(createReadStream(path))) crc = extendCrc32(crc, chunk)
  return crc === entry.crc32
}

/** What breaks the stream is the archive's fault; leaving the loop early closes it. */
async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    for (;;) {
      const next = await chunks.next().catch(notWhole)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    stream.destroy()
  }
}

function notWhole(cause: unknown): never {
  throw damaged(cause instanceof Error ? cause.message : String(cause), cause)
}

const damaged = (why: string, cause?: unknown) =>
  new AppError('DAMAGED', `damaged (${why}): download or make the archive again`, { cause })
