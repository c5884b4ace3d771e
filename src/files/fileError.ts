/** What the operating system says about files, in our codes and words. */
import { AppError, type ErrorCode } from '../shared/errors.ts'

const known: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['NOT_FOUND', 'it is not there'],
  ENOTDIR: ['NOT_FOUND', 'a part of its path is not a folder'],
  EISDIR: ['BAD_INPUT', 'it is a folder'],
  EACCES: ['NOT_PERMITTED', 'permission denied'],
  EPERM: ['NOT_PERMITTED', 'not permitted'],
  EROFS: ['NOT_PERMITTED', 'the disk is read-only'],
  ENOSPC: ['DISK_FULL', 'the disk is full; free some space and try again'],
  EDQUOT: ['DISK_FULL', 'the disk quota is used up; free some space and try again'],
  EMFILE: ['INTERNAL', 'too many files are open'],
  ENAMETOOLONG: ['BAD_INPUT', 'its name is too long'],
}

/** A failure of a file operation as an AppError: `<path> could not be <done>: <reason>`. */
export function describeFileError(cause: unknown, path: string, done: string): AppError {
  if (cause instanceof AppError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const message = cause instanceof Error ? cause.message : String(cause)
  const [errorCode, reason] = known[code] ?? ['DAMAGED', message]
  return new AppError(errorCode, `${path} could not be ${done}: ${reason}`, { cause })
}
