/** Room on a disk, asked for before long work begins rather than missed in the middle of it. */
import { execFile } from 'node:child_process'
import * as files from 'node:fs/promises'
import { promisify } from 'node:util'
import { AppError } from '../shared/errors.ts'

/** Since Node 18.15; the oldest Electron that we run on has 16. */
interface Statfs {
  readonly statfs: (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }>
}

/**
 * Throws DISK_FULL, with both figures, where the disk of `folder`, which is there, has less room than the `bytes` that
 * `what` needs. Where the system does not say how much is left, the work begins all the same.
 */
export async function requireRoom(folder: string, bytes: number, what: string): Promise<void> {
  const left = await freeBytes(folder)
  if (left === undefined || left >= bytes) return
  throw new AppError(
    'DISK_FULL',
    `${folder}: ${what} needs ${megabytes(bytes)} of free space, and the disk has ${megabytes(left)}; free some space and try again`,
  )
}

/** What this user may still write where `folder` lies; undefined where the system does not say. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { statfs } = files as Partial<Statfs>
    if (!statfs) return await asDfSays(folder)
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

/** POSIX.1 `df -P -k`: a head, then name, blocks of 1,024 bytes, used, available, share used, place. */
async function asDfSays(folder: string): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('df', ['-P', '-k', '--', folder])
  const available = /\s\d+\s+\d+\s+(\d+)\s+\d+%\s/.exec(stdout)?.[1]
  return available === undefined ? undefined : Number(available) * 1024
}

const megabytes = (bytes: number) =>
  `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
