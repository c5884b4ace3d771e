import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commitFolder } from '../../files/commitFolder.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { randomStream } from '../data/random.ts'
import { throttled } from '../data/throttle.ts'
import { encodeGreyJpeg } from '../images/encodeJpeg.ts'
import { drawAnatomy } from './anatomy.ts'
import { paintFilm } from './film.ts'
import { withComment } from './jpegComment.ts'
import { drawOpacity, type Opacity } from './opacity.ts'
import { planFilms, type PlannedFilm } from './plan.ts'

const JPEG_QUALITY = 92
const COMMENT = 'SYNTHETIC film made by Pneumoscope. No patient stands behind it.'

export interface GenerateFilmsInput {
  readonly folder: string
  readonly count: number
  readonly seed: number
  readonly size?: number
}

/**
 * Writes synthetic frontal films as JPEG into NORMAL and PNEUMONIA of a new folder, which appears when all
 * are written. The same count, seed and size make the same films. Each says SYNTHETIC in its picture and
 * in its comment segment.
 * Throws CONFLICT when the folder holds anything, CANCELLED, DISK_FULL, NOT_PERMITTED.
 */
export async function generateFilms(
  { folder, count, seed, size = 224 }: GenerateFilmsInput,
  job: Job<{ done: number; total: number }>,
): Promise<{ folder: string; films: number }> {
  const present = await readdir(folder).catch(() => [])
  if (present.length > 0) {
    throw new AppError('CONFLICT', `${folder} is not empty: choose a new folder for the films`)
  }
  const films = planFilms(count, seed)
  const progress = throttled(job.report)
  await commitFolder(folder, async (temporary) => {
    for (const className of ['NORMAL', 'PNEUMONIA']) await mkdir(join(temporary, className))
    for (const [at, film] of films.entries()) {
      throwIfCancelled(job.signal)
      const pixels = paintPlanned(film, seed, size)
      const bytes = await encodeGreyJpeg(pixels, { rows: size, columns: size }, JPEG_QUALITY)
      const file = join(temporary, film.className, film.fileName)
      await writeFile(file, withComment(bytes, COMMENT))
      progress.report({ done: at + 1, total: films.length })
      await turnOfTheLoop()
    }
  })
  progress.flush()
  return { folder, films: films.length }
}

/** [size, size] grey pixels of a planned film. */
export function paintPlanned(film: PlannedFilm, seed: number, size: number): Uint8Array {
  const anatomy = drawAnatomy(randomStream(seed, `anatomy/${film.patientStream}`))
  const sickness = randomStream(seed, `opacity/${film.patientStream}`)
  const layers = film.opacities.map((kind) => drawOpacity(kind, anatomy, sickness))
  const opacity: Opacity | undefined =
    layers.length === 0
      ? undefined
      : (u, v) => 1 - layers.reduce((air, layer) => air * (1 - layer(u, v)), 1)
  return paintFilm(anatomy, opacity, size, randomStream(seed, `film/${film.filmStream}`))
}
