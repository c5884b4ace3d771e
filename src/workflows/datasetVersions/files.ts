/** One original on its way into an exported data set. */
import { link, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../files/atomicWrite.ts'
import { describeFileError } from '../../files/fileError.ts'
import { copyHashed, hashFile } from '../../files/hashFile.ts'
import { AppError } from '../../shared/errors.ts'

interface Original {
  readonly path: string
  /** SHA-256 that it had when it was imported; undefined: whatever it has. */
  readonly fileHash?: string
}

/**
 * Puts the file there and answers its SHA-256. Throws DAMAGED for an original that is another than was imported, UNSUPPORTED
 * for a link to another drive, CANCELLED, and why it cannot be taken (`describeFileError`).
 */
export async function takeFile(
  { path, fileHash }: Original,
  to: string,
  { how, signal }: { readonly how: 'copy' | 'link'; readonly signal: AbortSignal },
): Promise<string> {
  if (how === 'link') await linkFile(path, to)
  const { sha256 } = how === 'link' ? await hashFile(path, signal) : await copyHashed(path, to)
  if (fileHash !== undefined && sha256 !== fileHash) {
    throw new AppError('DAMAGED', `${path} is another file than was imported: import it again, or put the old one back`) // prettier-ignore
  }
  return sha256
}

async function linkFile(path: string, to: string): Promise<void> {
  try {
    await link(path, to)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw describeFileError(cause, path, 'linked to') // prettier-ignore
    throw new AppError('UNSUPPORTED', `${path} cannot be linked to there (${code}): choose copies, or a folder on the same drive`, { cause }) // prettier-ignore
  }
}

/** Makes all names below a folder, and its own, outlive a power cut; the content of files has to be synced by itself. */
export async function syncFolders(folder: string): Promise<void> {
  const inside = await readdir(folder, { withFileTypes: true })
  for (const entry of inside) if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  await syncFolder(folder)
}
