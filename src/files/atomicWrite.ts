/**
 * Files that appear under their name only when they are complete and on the disk.
 * Our own, because packages for it lose data when a write is short (a full disk).
 */
import { randomBytes } from 'node:crypto'
import { open, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { discard } from './discard.ts'
import { describeFileError } from './fileError.ts'

/** What `writeFully` needs of a file. */
interface Sink {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>
}

/**
 * Writes a file: temporary name, every byte, fsync, size check, rename, fsync of the folder.
 * An older file of that name stays whole until the new one is. Throws DISK_FULL, NOT_PERMITTED or
 * DAMAGED, and leaves nothing behind.
 */
export async function writeFileAtomically(path: string, content: Uint8Array | string) {
  await writePartsAtomically(path, [content])
}

/** As `writeFileAtomically`, from parts that are written one after the other. */
export async function writePartsAtomically(path: string, parts: readonly (Uint8Array | string)[]) {
  const temporary = join(dirname(path), temporaryName(basename(path)))
  try {
    await writeSynced(temporary, parts)
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await discard(temporary)
    throw describeFileError(cause, path, 'written')
  }
}

/** Writes a file in place and syncs it; for files inside a folder that is committed as a whole. */
export async function writeSynced(path: string, parts: readonly (Uint8Array | string)[]) {
  const file = await open(path, 'wx')
  try {
    let bytes = 0
    for (const part of parts) bytes += await writeFully(file, part)
    await file.sync()
    const { size } = await file.stat()
    if (size !== bytes) throw new RangeError(`${size} of ${bytes} bytes reached the disk`)
  } finally {
    await file.close()
  }
}

/** Writes until every byte was taken: one call may take only some of them. Returns their number. */
export async function writeFully(file: Sink, content: Uint8Array | string): Promise<number> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  let done = 0
  while (done < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done)
    if (bytesWritten === 0) throw new RangeError(`the disk took ${done} of ${bytes.length} bytes`)
    done += bytesWritten
  }
  return done
}

/** Makes the names in a folder outlive a power cut. Some file systems cannot; they do it on their own. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A hidden name beside the final one, so that the rename stays on one file system. */
export const temporaryName = (name: string): string =>
  `.${name}.${randomBytes(6).toString('hex')}.new`

export const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
