/** Zip archives become folders of films below the library's own folder. */
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { exists, syncFolder, temporaryName } from '../../files/atomicWrite.ts'
import { discard } from '../../files/discard.ts'
import { describeFileError } from '../../files/fileError.ts'
import { hashFile, syncFile } from '../../files/hashFile.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { inParallel } from '../data/inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { throttled } from '../data/throttle.ts'
import { isZip, ZIP_HEAD_BYTES } from '../images/format.ts'
import { openArchive } from './entries.ts'
import { judgeEntries, refusalOf, type UnpackPlan } from './judgeEntries.ts'
import { isUnpacked, unpackEntry } from './unpackEntry.ts'

interface Order {
  readonly paths: readonly string[]
  /** Where unpacked archives lie: `<SHA-256 of the archive>/<its name>/…`. */
  readonly folder: string
}

export interface Unpacked {
  /** As given, each archive replaced by the folder of what was in it. */
  readonly paths: string[]
  /** Entries that were not unpacked, each with its reason. */
  readonly refused: Refusal[]
}

type Count = Job<{ done: number; total: number }>

/**
 * Unpacks those of the paths that are zip archives by their content. An archive that was unpacked before is not
 * unpacked again; one that was interrupted is gone on with. Its folder gets its name once all of it is on the disk.
 * Throws DAMAGED and TOO_LARGE for an archive as a whole, DISK_FULL, NOT_FOUND, CANCELLED.
 */
export async function unpackArchives({ paths, folder }: Order, job: Count): Promise<Unpacked> {
  const unpacked: Unpacked = { paths: [], refused: [] }
  for (const path of paths) {
    if (await isArchive(path)) {
      const found = await unpackArchive(path, folder, job)
      unpacked.paths.push(found.folder)
      for (const refusal of found.refused) unpacked.refused.push(refusal)
    } else unpacked.paths.push(path)
  }
  return unpacked
}

async function isArchive(path: string): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) return false
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(ZIP_HEAD_BYTES),
      0,
      ZIP_HEAD_BYTES,
      0,
    )
    return isZip(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

async function unpackArchive(file: string, archives: string, job: Count) {
  const home = join(archives, (await hashFile(file, job.signal)).sha256)
  const { entries, zip } = await openArchive(file)
  try {
    const name = (await nameThere(home)) ?? folderName(file)
    const folder = join(home, name)
    const plan = judgeEntries({ file, folder }, entries)
    // A folder that is there is whole, unless somebody took files out of it.
    const isWhole = await exists(folder)
    const into = isWhole ? folder : join(`${home}.part`, name)
    const refused = await unpackAll(zip, plan, { into, folder, isWhole }, job)
    if (!isWhole) {
      await mkdir(home, { recursive: true, mode: 0o700 })
      await rename(into, folder)
      await syncFolder(home)
      await discard(dirname(into))
    }
    return { folder, refused }
  } catch (cause) {
    const error = describeFileError(cause, file, 'unpacked')
    // What lies there is of no use until there is room, and takes what there is.
    if (error.code === 'DISK_FULL') await discard(`${home}.part`)
    throw error
  } finally {
    zip.close()
  }
}

interface Place {
  readonly into: string
  /** The name that `into` gets in the end. */
  readonly folder: string
  readonly isWhole: boolean
}

async function unpackAll(
  zip: Parameters<typeof unpackEntry>[0],
  { taken, refused }: UnpackPlan,
  { into, folder, isWhole }: Place,
  { signal, report }: Count,
): Promise<Refusal[]> {
  const progress = throttled(report)
  const damaged: Refusal[] = []
  const written: string[] = []
  const folders = new Set([into])
  await mkdir(into, { recursive: true, mode: 0o700 })
  for (const [at, { entry, segments }] of taken.entries()) {
    throwIfCancelled(signal)
    const path = join(into, ...segments)
    const isThere = isWhole ? await hasSize(path, entry.bytes) : await isUnpacked(path, entry)
    for (let parent = dirname(path); parent.length > into.length; parent = dirname(parent)) folders.add(parent) // prettier-ignore
    if (!isThere) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await unpackEntry(zip, entry, { path, temporary: join(dirname(into), temporaryName('entry')) }) // prettier-ignore
      } catch (cause) {
        if (!(cause instanceof AppError && cause.code === 'DAMAGED')) throw cause
        damaged.push(refusalOf(folder, entry.name, { code: cause.code, words: cause.message }))
        continue
      }
    }
    // What an interrupted call wrote may not have reached the disk.
    if (!isThere || !isWhole) written.push(path)
    progress.report({ done: at + 1, total: taken.length })
    await turnOfTheLoop()
  }
  // After all writing, most of it is on the disk already.
  await inParallel(written, 8, syncFile)
  await inParallel([...folders], 8, syncFolder)
  progress.flush()
  return [...refused, ...damaged]
}

const hasSize = async (path: string, bytes: number): Promise<boolean> =>
  stat(path).then(
    (file) => file.isFile() && file.size === bytes,
    () => false,
  )

/** The name under which the same content was unpacked before. */
const nameThere = async (home: string): Promise<string | undefined> =>
  (await readdir(home).catch(() => [])).find((name) => !name.startsWith('.'))

/** A data set is named after it. */
function folderName(file: string): string {
  const name = basename(file, extname(file)).replace(/[^\p{L}\p{N} ._()-]/gu, '_')
  return name.replace(/^[. ]+|[. ]+$/g, '').slice(0, 80) || 'archive'
}
