import { readdir } from 'node:fs/promises'
import { AppError } from '../shared/errors.ts'

/** Throws BAD_INPUT when the folder holds something or is none; one that is not there yet will be made. */
export async function requireEmpty(folder: string): Promise<void> {
  const there = await readdir(folder).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw new AppError('BAD_INPUT', `${folder} is no folder that can be written to`, { cause })
  })
  if (there.length > 0) throw new AppError('BAD_INPUT', `${folder} is not empty: name a new folder`)
}
