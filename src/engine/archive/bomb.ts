/** What tells a bomb from a large archive, before anything is unpacked. */
import { AppError } from '../../shared/errors.ts'
import type { ArchiveEntry } from './entries.ts'

/** Films in 8 bits seldom shrink to a tenth; a bomb to a thousandth. */
export const MAX_RATIO = 200
/** What unpacks to so little harms nobody, whatever its ratio. */
const SMALL_BYTES = 2 ** 20

/** Whether an entry announces more than its bytes can hold of anything that is taken. */
export const isBomb = ({ bytes, compressedBytes }: ArchiveEntry): boolean =>
  bytes > SMALL_BYTES && bytes > MAX_RATIO * compressedBytes

/** Throws TOO_LARGE where two entries share bytes, by which small archives unpack to huge ones. */
export function requireOwnBytes(file: string, entries: readonly ArchiveEntry[]): void {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  let end = 0
  for (const { name, offset, compressedBytes } of inOrder) {
    if (offset < end) {
      throw new AppError('TOO_LARGE', `${file}: ${JSON.stringify(name)} shares its bytes with another entry, as in bombs; nothing of it was unpacked`) // prettier-ignore
    }
    // A local header takes 30 bytes and the name (APPNOTE.TXT 4.3.7).
    end = offset + 30 + compressedBytes
  }
}
