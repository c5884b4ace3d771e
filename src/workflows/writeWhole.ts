import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, toAppError } from '../shared/errors.ts'

/** Writes a text, or bytes, under its name only when it is complete and on the disk. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.new`)
  try {
    const file = await open(temporary, 'wx')
    try {
      // Writes until all is taken, then makes sure that it reached the disk.
      await file.writeFile(text)
      await file.sync()
      const { size } = await file.stat()
      if (size !== Buffer.byteLength(text)) throw new AppError('DISK_FULL', 'The disk is full')
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    const { code, message } = toAppError(cause)
    throw new AppError(
      code === 'DISK_FULL' ? code : 'NOT_PERMITTED',
      `${path} cannot be written (${message}): choose another place`,
      { cause },
    )
  }
}
