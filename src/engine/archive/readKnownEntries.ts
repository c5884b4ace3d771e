/** A zip archive of a few known files, read into memory: what model packages and capsules are handed on as. */
import { AppError } from '../../shared/errors.ts'
import { isBomb, MAX_RATIO, requireOwnBytes } from './bomb.ts'
import { type ArchiveEntry, openArchive } from './entries.ts'
import { contentOf } from './unpackEntry.ts'

/** A small zip may announce huge files; nothing of ours is larger. */
const MAX_BYTES = 2 ** 31 - 1

/**
 * The contents of the entries that `isWanted` takes; it may refuse the archive by throwing. No name becomes a path. Throws
 * TOO_LARGE for what unpacks to too much, DAMAGED for no whole archive, CONFLICT for a name that comes twice, and what
 * reading throws; each names the file.
 */
export async function readKnownEntries(
  file: string,
  isWanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const { zip, entries } = await openArchive(file)
  try {
    requireOwnBytes(file, entries)
    const wanted = entries.filter(({ name }) => isWanted(name))
    requireBounded(file, wanted)
    const found = new Map<string, Uint8Array>()
    for (const entry of wanted) {
      if (found.has(entry.name)) throw new AppError('CONFLICT', `${file}: ${entry.name} is in it twice`) // prettier-ignore
      const pieces: Buffer[] = []
      for await (const piece of contentOf(zip, entry)) pieces.push(piece)
      found.set(entry.name, Buffer.concat(pieces))
    }
    return found
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.message.startsWith(file)) throw cause
    throw new AppError(cause.code, `${file}: ${cause.message}`, { cause })
  } finally {
    zip.close()
  }
}

function requireBounded(file: string, entries: readonly ArchiveEntry[]): void {
  let total = 0
  for (const entry of entries) {
    total += entry.bytes
    if (total > MAX_BYTES) throw new AppError('TOO_LARGE', `${file}: ${entry.name} unpacks to more than any model holds`) // prettier-ignore
    if (isBomb(entry)) throw new AppError('TOO_LARGE', `${file}: ${entry.name} unpacks to more than ${MAX_RATIO} times its size, as bombs do`) // prettier-ignore
  }
}
