/** One original on its way into an exported data set. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from '../../files/atomicWrite.ts'
import { syncFile } from '../../files/hashFile.ts'
import { AppError } from '../../shared/errors.ts'

interface Original {
  readonly path: string
  /** SHA-256 that it had when it was imported; undefined: whatever it has. */
  readonly fileHash?: string
}

/** Puts the file there and answers its SHA-256. Throws DAMAGED for an original that is another than was imported. */
export async function takeFile(
  { path, fileHash }: Original,
  to: string,
  how: 'copy' | 'link',
): Promise<string> {
  const hash = createHash('sha256')
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk)
      pass(null, how === 'copy' ? chunk : undefined)
    },
  })
  try {
    if (how === 'copy') {
      await pipeline(createReadStream(path), measure, createWriteStream(to, { flags: 'wx' }))
      await syncFile(to)
    } else {
      await link(path, to)
      await pipeline(createReadStream(path), measure.resume())
    }
  } catch (cause) {
    throw fileProblem(cause, path)
  }
  const found = hash.digest('hex')
  if (fileHash !== undefined && found !== fileHash) {
    throw new AppError('DAMAGED', `${path} is another file than was imported: import it again, or put the old one back`) // prettier-ignore
  }
  return found
}

/** Makes all names below a folder, and its own, outlive a power cut; the content of files has to be synced by itself. */
export async function syncFolders(folder: string): Promise<void> {
  const inside = await readdir(folder, { withFileTypes: true })
  for (const entry of inside) if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  await syncFolder(folder)
}

function fileProblem(cause: unknown, path: string): AppError {
  const code = codeOfFileError(cause)
  if (code === 'EXDEV' || code === 'EPERM' || code === 'EMLINK') {
    return new AppError('UNSUPPORTED', `${path} cannot be linked to there (${code}): choose copies, or a folder on the same drive`, { cause }) // prettier-ignore
  }
  if (code === 'ENOSPC') return new AppError('DISK_FULL', 'The disk is full, so nothing was exported', { cause }) // prettier-ignore
  return new AppError('NOT_PERMITTED', `${path} cannot be taken along (${code})`, { cause })
}

/** Throws BAD_INPUT for a folder that holds something. */
export async function requireNewFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (codeOfFileError(cause) === 'ENOENT') return []
    throw new AppError('BAD_INPUT', `${folder} is no folder to export into`, { cause })
  })
  if (names.length === 0) return
  throw new AppError('BAD_INPUT', `${folder} holds something already: choose a new or empty folder`)
}

/** ENOENT, EXDEV … of a failed call. */
const codeOfFileError = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : String(cause)
