/** Whether files are still what they were: by size and time, and where these differ by their hash. */
import { readFile, stat } from 'node:fs/promises'
import type { CheckedFile, CheckFilesOrder } from '../../shared/domain/original.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import { fileOfFilm, placeOfFilm } from '../../shared/filmPath.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { inParallel } from '../data/inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { sha256 } from './hashes.ts'
import { readRasterFile } from './readRaster.ts'

const UNDER_WAY = 4
const REPORT_INTERVAL_MS = 100

interface CheckProgress {
  done: number
  total: number
  files: CheckedFile[]
}

/** Reports what became of each file, in the order in which they are done. Throws CANCELLED. */
export async function checkFiles(
  { files, thorough }: CheckFilesOrder,
  job: Job<CheckProgress>,
): Promise<void> {
  let checked: CheckedFile[] = []
  let done = 0
  let reportedAt = performance.now()
  const report = () => {
    job.report({ done, total: files.length, files: checked })
    checked = []
    reportedAt = performance.now()
  }
  await inParallel(files, UNDER_WAY, async (file) => {
    throwIfCancelled(job.signal)
    const now = await check(file, thorough)
    // Not before: meanwhile a report may have gone out, with the list of then.
    checked.push(now)
    done++
    if (performance.now() - reportedAt >= REPORT_INTERVAL_MS) report()
    await turnOfTheLoop()
  })
  report()
}

type KnownFile = CheckFilesOrder['files'][number]

async function check(
  { path, bytes, modifiedMs, fileHash }: KnownFile,
  thorough: boolean,
): Promise<CheckedFile> {
  const file = await stat(fileOfFilm(path)).catch(() => undefined)
  if (!file?.isFile()) return { path, state: 'missing' }
  const isMember = placeOfFilm(path).index !== undefined
  // Of a film inside a file of many the size is its own, not the file's.
  if (!isMember && file.size !== bytes) return { path, state: 'changed' }
  const isUntouched = modifiedMs === undefined || file.mtimeMs === modifiedMs
  if (!thorough && isUntouched) return { path, state: 'same' }
  const hash = await hashOf(path, isMember)
  return hash === fileHash
    ? { path, state: 'same', modifiedMs: file.mtimeMs }
    : { path, state: 'changed' }
}

/** Undefined for what cannot be read any more. */
async function hashOf(path: string, isMember: boolean): Promise<string | undefined> {
  try {
    return sha256(isMember ? (await readRasterFile(path)).bytes : await readFile(path))
  } catch {
    return undefined
  }
}
