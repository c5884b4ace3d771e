import { mkdir, stat } from 'node:fs/promises'
import { describeFileError } from '../../files/fileError.ts'
import type { FilmReading } from '../../shared/contracts/engineAreas/films.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import type { FilmPixels, PaneSize } from '../../shared/domain/filmPixels.ts'
import { isCancelled, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { fileOfFilm } from '../../shared/filmPath.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { inParallel } from '../data/inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { pixelHash, sha256Aside } from './hashes.ts'
import { readRasterFile } from './readRaster.ts'
import { renderFilm } from './renderFilm.ts'
import { writeThumbnail } from './thumbnail.ts'

/** Files under way at once: enough to hide the disk, few enough to hold some large films in memory. */
const UNDER_WAY = 4

/** Readings go out together this often. */
const REPORT_INTERVAL_MS = 100

export interface ReadFilmsInput {
  readonly paths: readonly string[]
  readonly thumbnailFolder: string
  readonly pane?: PaneSize | undefined
}

interface ReadFilmsProgress {
  done: number
  total: number
  readings: FilmReading[]
  look?: FilmPixels
}

/**
 * Decodes each film once and reports its facts, or why it was refused, in the order in which they are
 * ready; thumbnails are written into `thumbnailFolder`, which is made when absent. A refused film ends
 * nothing. Where a person waits for the first film, `pane` is where it will be seen, and its look comes
 * first. Throws CANCELLED, and DISK_FULL or NOT_PERMITTED when a thumbnail cannot be written.
 */
export async function readFilms(
  { paths, thumbnailFolder, pane }: ReadFilmsInput,
  job: Job<ReadFilmsProgress>,
): Promise<{ read: number; refused: number }> {
  await mkdir(thumbnailFolder, { recursive: true }).catch((cause: unknown) => {
    throw describeFileError(cause, thumbnailFolder, 'made')
  })
  let readings: FilmReading[] = []
  let done = 0
  let refused = 0
  let reportedAt = performance.now()
  function report() {
    job.report({ done, total: paths.length, readings })
    readings = []
    reportedAt = performance.now()
  }
  async function take(path: string, whileHashing?: () => Promise<void>) {
    throwIfCancelled(job.signal)
    const reading = await readFilm(path, thumbnailFolder, whileHashing)
    readings.push(reading)
    done++
    if (reading.kind === 'refused') refused++
    if (whileHashing || performance.now() - reportedAt >= REPORT_INTERVAL_MS) report()
    await turnOfTheLoop()
  }
  const [first, ...others] = paths
  if (pane && first !== undefined) {
    await take(first, async () => {
      // What goes wrong is told to whoever shows the film.
      const look = await renderFilm({ path: first, pane }).catch(() => undefined)
      if (look) job.report({ done, total: paths.length, readings, look })
    })
  }
  await inParallel(pane ? others : paths, UNDER_WAY, (path) => take(path))
  if (readings.length > 0 || paths.length === 0) report()
  return { read: done - refused, refused }
}

/** `whileHashing`: what this thread may do while another one hashes the pixels. */
async function readFilm(
  path: string,
  thumbnailFolder: string,
  whileHashing?: () => Promise<void>,
): Promise<FilmReading> {
  // Before it is read, so that a change meanwhile shows.
  const modifiedMs = await stat(fileOfFilm(path)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
  let fileHash: Promise<string> | undefined
  const onRead = (bytes: Uint8Array) => {
    fileHash = sha256Aside(bytes)
  }
  const file = await readRasterFile(path, { onRead }).catch((cause: unknown) =>
    refusalOf(path, cause),
  )
  if ('code' in file) return { kind: 'refused', refusal: file }
  const { raster, bytes } = file
  const hashing = pixelHash(raster)
  await whileHashing?.()
  const hash = await hashing
  return {
    kind: 'read',
    path,
    thumbnail: await writeThumbnail(file, hash, thumbnailFolder),
    facts: {
      format: raster.format,
      rows: raster.rows,
      columns: raster.columns,
      samplesPerPixel: raster.storedSamplesPerPixel,
      bytes: bytes.length,
      ...(modifiedMs !== undefined && { modifiedMs }),
      fileHash: await (fileHash ?? sha256Aside(bytes)),
      pixelHash: hash,
      synthetic: raster.synthetic,
      ...(raster.dicom && { dicom: raster.dicom }),
    },
  }
}

/** A failure to read one file as a row of a list; a cancel is no refusal and goes on. */
export function refusalOf(path: string, cause: unknown): Refusal {
  if (isCancelled(cause)) throw cause
  const { code, message } = toAppError(cause)
  return { path, code, reason: message }
}
