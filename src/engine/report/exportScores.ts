/** Scores of DICOM films as objects that a picture archive takes: reports, and films with the score below them. */
import { join } from 'node:path'
import { writeSynced } from '../../files/atomicWrite.ts'
import { commitFolder } from '../../files/commitFolder.ts'
import { requireEmpty } from '../../files/requireEmpty.ts'
import type { ExportedScore, ScoreExportOrder, ScoreObjectKind } from '../../shared/domain/scoreExport.ts' // prettier-ignore
import { AppError, isCancelled, throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { openImage } from '../images/dicom/image.ts'
import { toEightBits } from '../images/eightBits.ts'
import { sniffFormat } from '../images/format.ts'
import { refusalOf } from '../images/readFilms.ts'
import { decodeRaster, withFile } from '../images/readRaster.ts'
import { readManifest } from '../models/package.ts'
import { scoreReport, type Scored } from './scoreReport.ts'
import { secondaryCapture } from './secondaryCapture.ts'
import { sourceFilm } from './sourceFilm.ts'

interface ScoreObject {
  readonly kind: ScoreObjectKind
  readonly bytes: Uint8Array
}

/**
 * Writes `0001-sr.dcm` and `0001-sc.dcm` … for each film into a new folder that appears when all are there. Throws
 * BAD_INPUT for a folder that holds something, BAD_MODEL, DISK_FULL, NOT_PERMITTED, CANCELLED; then nothing is written.
 */
export async function exportScores(
  { modelFolder, films, folder, kinds }: ScoreExportOrder,
  job: Job<{ done: number; total: number; films: ExportedScore[] }>,
): Promise<{ written: number; refused: number }> {
  await requireEmpty(folder)
  const manifest = await readManifest(modelFolder)
  let written = 0
  await commitFolder(folder, async (temporary) => {
    for (const [at, { path, ...score }] of films.entries()) {
      throwIfCancelled(job.signal)
      const result = await objectsOf(path, { score, manifest, now: new Date() }, kinds)
      const names = []
      for (const { kind, bytes } of 'objects' in result ? result.objects : []) {
        const name = `${String(at + 1).padStart(4, '0')}-${kind}.dcm`
        await writeSynced(join(temporary, name), [bytes])
        names.push(name)
      }
      if ('objects' in result) written++
      const told: ExportedScore =
        'objects' in result ? { kind: 'written', path, files: names } : result
      job.report({ done: at + 1, total: films.length, films: [told] })
      await turnOfTheLoop()
    }
  })
  return { written, refused: films.length - written }
}

/** What is wrong with one film is its own matter. */
async function objectsOf(
  path: string,
  scored: Omit<Scored, 'film'>,
  kinds: readonly ScoreObjectKind[],
): Promise<{ objects: ScoreObject[] } | Extract<ExportedScore, { kind: 'refused' }>> {
  try {
    return { objects: await withFile(path, (bytes) => objectsFrom(bytes, scored, kinds)) }
  } catch (cause) {
    if (isCancelled(cause)) throw cause
    return { kind: 'refused', refusal: refusalOf(path, cause) }
  }
}

async function objectsFrom(
  bytes: Uint8Array,
  scored: Omit<Scored, 'film'>,
  kinds: readonly ScoreObjectKind[],
): Promise<ScoreObject[]> {
  if (sniffFormat(bytes) !== 'dicom') {
    throw new AppError('UNSUPPORTED', 'no DICOM film, so there is no study that a report could belong to') // prettier-ignore
  }
  const whole = { ...scored, film: sourceFilm(openImage(bytes)) }
  const window = scored.manifest.preprocessing.window
  const make: Readonly<Record<ScoreObjectKind, () => Promise<Uint8Array>>> = {
    sr: () => Promise.resolve(scoreReport(whole)),
    async sc() {
      const raster = await decodeRaster(bytes, { window, turned: scored.score.turned })
      return secondaryCapture(whole, {
        ...{ rows: raster.rows, columns: raster.columns },
        pixels: toEightBits(raster, 1),
      })
    },
  }
  return Promise.all(kinds.map(async (kind) => ({ kind, bytes: await make[kind]() })))
}
