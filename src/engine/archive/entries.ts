/** What a zip archive says of itself, before anything of it is unpacked. */
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import { describeFileError } from '../../files/fileError.ts'
import { AppError } from '../../shared/errors.ts'

/** More than any collection of films that is handed on as one file has. */
const MAX_ENTRIES = 500_000

/** A file or folder as the directory at the archive's end lists it; none of it is to be trusted. */
export interface ArchiveEntry {
  readonly name: string
  /** Unix file type and permissions; 0 where the archive was made elsewhere. */
  readonly mode: number
  readonly isEncrypted: boolean
  /** 0: stored, 8: deflated (APPNOTE.TXT 4.4.5). */
  readonly method: number
  readonly compressedBytes: number
  readonly bytes: number
  /** Where its own header begins in the file. */
  readonly offset: number
  readonly crc32: number
  /** As the library wants it back. */
  readonly handle: Entry
}

export interface OpenArchive {
  readonly entries: readonly ArchiveEntry[]
  readonly zip: ZipFile
}

/**
 * Opens a zip archive, also one of more than 4 GiB, and reads its directory; names are not judged here. The caller closes `zip`.
 * Throws DAMAGED for a file that is no whole archive, TOO_LARGE for one of too many entries, and what reading throws.
 */
export async function openArchive(file: string): Promise<OpenArchive> {
  // Names are decoded by us, and sizes checked while unpacking, so that one bad entry does not hide the others.
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false } // prettier-ignore
  const zip = await openPromise(file, options).catch((cause: unknown) => {
    throw damaged(file, cause)
  })
  try {
    const entries: ArchiveEntry[] = []
    if (zip.entryCount > MAX_ENTRIES) throw tooMany(file, zip.entryCount)
    for await (const entry of zip.eachEntry()) entries.push(read(entry))
    return { entries, zip }
  } catch (cause) {
    zip.close()
    throw damaged(file, cause)
  }
}

const read = (entry: Entry): ArchiveEntry => ({
  name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true), // prettier-ignore
  mode: entry.externalFileAttributes >>> 16,
  isEncrypted: entry.isEncrypted(),
  method: entry.compressionMethod,
  compressedBytes: entry.compressedSize,
  bytes: entry.uncompressedSize,
  offset: entry.relativeOffsetOfLocalHeader,
  crc32: entry.crc32,
  handle: entry,
})

const tooMany = (file: string, entries: number) =>
  new AppError(
    'TOO_LARGE',
    `${file}: an archive of ${entries} entries; ${MAX_ENTRIES} are the most that is taken: unpack it by other means and import the folder`,
  )

function damaged(file: string, cause: unknown): AppError {
  const error = describeFileError(cause, file, 'read')
  if (error.code !== 'DAMAGED' || cause instanceof AppError) return error
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new AppError('DAMAGED', `${file}: no whole zip archive (${reason}): copy or download it again`, { cause }) // prettier-ignore
}
