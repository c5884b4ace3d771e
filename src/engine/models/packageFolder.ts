/** A package's folder is closed: it holds what the manifest names, and nothing else. */
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFileError } from '../../files/fileError.ts'
import { AppError } from '../../shared/errors.ts'
import { bad } from './manifest.ts'

/** Refuses a folder with anything beside `names`. Throws BAD_MODEL naming it, NOT_FOUND. */
export async function refuseForeign(folder: string, names: readonly string[]): Promise<void> {
  const found = await readdir(folder).catch(() => {
    throw new AppError('NOT_FOUND', `${folder}: there is no such folder`)
  })
  // What a file manager leaves behind is no part of the package and is never read.
  const foreign = found.find((name) => !names.includes(name) && !/^(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(name)) // prettier-ignore
  if (foreign !== undefined) {
    throw bad(join(folder, foreign), 'the folder of a model holds no such file: remove it')
  }
}

/** Reads a regular file of the package; a link could lead out of the folder. */
export async function readPackageFile(file: string, maxBytes: number): Promise<Uint8Array> {
  const facts = await lstat(file).catch(() => undefined)
  if (!facts) throw new AppError('NOT_FOUND', `${file}: there is no such file in the model package`)
  if (!facts.isFile()) throw bad(file, 'it is not a regular file')
  if (facts.size > maxBytes) throw bad(file, `${facts.size} bytes are more than ${maxBytes}`)
  try {
    const handle = await open(file, 'r')
    try {
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw describeFileError(cause, file, 'read')
  }
}
