/** A data set as folders that any other program reads: films, a table, and a manifest of hashes. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { syncFolder, writeFileAtomically } from '../../files/atomicWrite.ts'
import { discard } from '../../files/discard.ts'
import { requireEmpty } from '../../files/requireEmpty.ts'
import { csvRow } from '../../shared/csv.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import type { StoredImage } from '../../store/image.ts'
import type { Library } from '../library.ts'
import { requireOriginals } from '../originals.ts'
import { syncFolders, takeFile } from './files.ts'
import { placesOf } from './places.ts'

export interface DatasetExport {
  readonly datasetId: string
  /** New or empty; made with its content as a whole. */
  readonly folder: string
  /** Hard links take no room, but are the originals under another name. */
  readonly how: 'copy' | 'link'
  /** DICOM films as copies without their patients (PS3.15 E); other films are refused then. */
  readonly deidentify: boolean
}

interface Exported {
  readonly files: number
  readonly hash: string
  readonly refused: readonly Refusal[]
}

/** One film as it lies in the folder. */
interface Written {
  readonly image: StoredImage
  readonly file: string
  readonly sha256: string
  readonly patient: string
  /** What a person wrote of it; nothing where patients are left out, since it may name one. */
  readonly words: Pick<StoredImage, 'tags' | 'note'>
  /** Why a person has to look for burned-in letters. */
  readonly lookFirst: string
}

/**
 * Writes the films that are not excluded, below their part and class, `films.csv` and `manifest.json`. Originals are only
 * read. Throws BAD_INPUT for a folder that holds something, for films without files of their own and where no film is left, NOT_FOUND for
 * originals that are gone, UNSUPPORTED for links to another drive, DISK_FULL, CANCELLED; then nothing is there.
 */
export async function exportDataset(
  library: Library,
  order: DatasetExport,
  job: Job<{ done: number; total: number }>,
): Promise<Exported> {
  const { store } = library
  const dataset = store.datasets.get(order.datasetId)
  if (dataset.layout === 'idx') {
    throw new AppError('BAD_INPUT', `The films of «${dataset.name}» lie in one idx file: copy that file instead`) // prettier-ignore
  }
  await requireEmpty(order.folder)
  const version = store.versions.record(order.datasetId)
  const images = store.images.ofDataset(order.datasetId).filter((image) => image.excluded !== true)
  await requireOriginals(images)
  const temporary = join(dirname(order.folder), `.${basename(order.folder)}.${randomBytes(4).toString('hex')}.new`) // prettier-ignore
  const refused: Refusal[] = []
  try {
    await mkdir(temporary, { recursive: true })
    const written = order.deidentify
      ? await writeWithoutPatients(library, images, temporary, refused, job)
      : await writeAll(images, temporary, order.how, job)
    if (written.length === 0) throw nothingToExport(refused)
    const { name, classes } = dataset
    const manifest = {
      ...{ format: 'pneumoscope-dataset', version: 1, name, classes },
      ...{ dataset: { number: version.number, hash: version.hash, made: version.createdAt } },
      ...{ exported: new Date().toISOString(), deidentified: order.deidentify, films: written.length }, // prettier-ignore
      files: Object.fromEntries(written.map(({ file, sha256 }) => [file, sha256])),
    }
    await writeFileAtomically(join(temporary, 'films.csv'), tableOf(written))
    await writeFileAtomically(
      join(temporary, 'manifest.json'),
      `${JSON.stringify(manifest, undefined, 1)}\n`,
    )
    await syncFolders(temporary)
    // An empty folder may stand there, which some systems do not replace.
    await rm(order.folder, { recursive: true, force: true })
    await rename(temporary, order.folder)
    await syncFolder(dirname(order.folder))
    store.audit.append('export', order.datasetId, { as: 'data-set', written: written.length })
    return { files: written.length, hash: version.hash, refused }
  } catch (cause) {
    await discard(temporary)
    throw toAppError(cause)
  }
}

function nothingToExport([first, ...others]: readonly Refusal[]): AppError {
  const why = first ? `: ${others.length + 1} were refused, the first: ${first.reason}` : ''
  return new AppError('BAD_INPUT', `No film is left to export${why}`)
}

async function writeAll(
  images: readonly StoredImage[],
  folder: string,
  how: DatasetExport['how'],
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<Written[]> {
  const places = placesOf(images)
  const written: Written[] = []
  for (const [at, image] of images.entries()) {
    throwIfCancelled(signal)
    const file = places[at]!
    await mkdir(dirname(join(folder, file)), { recursive: true })
    const sha256 = await takeFile(image, join(folder, file), { how, signal })
    written.push({ image, file, sha256, patient: image.patient, words: image, lookFirst: '' })
    report({ done: at + 1, total: images.length })
  }
  return written
}

/** The engine writes copies into a folder of its own, from which they go to their places. */
async function writeWithoutPatients(
  { engine }: Library,
  images: readonly StoredImage[],
  folder: string,
  refused: Refusal[],
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<Written[]> {
  const copies = join(folder, '.copies')
  const found = new Map<string, { file: string; patient: string; lookFirst: string }>()
  await engine.deidentify(
    {
      paths: [...new Set(images.map(({ path }) => path))],
      ...{ folder: copies, dates: 'remove', keepCharacteristics: false },
    },
    {
      signal,
      onProgress: ({ done, total, films }) => {
        for (const film of films) {
          if (film.kind === 'refused') refused.push(film.refusal)
          else {
            const { path, file, patient, reasonsToLook } = film
            found.set(path, { file, patient, lookFirst: reasonsToLook.join('; ') })
          }
        }
        report({ done, total })
      },
    },
  )
  const kept = images.filter(({ path }) => found.has(path))
  // File names may name a patient, so the copies have numbers.
  const places = placesOf(kept.map((image, at) => ({ ...image, fileName: numbered(at) })))
  const written: Written[] = []
  for (const [at, image] of kept.entries()) {
    throwIfCancelled(signal)
    const { file: from, patient, lookFirst } = found.get(image.path)!
    const to = join(folder, places[at]!)
    await mkdir(dirname(to), { recursive: true })
    const sha256 = await takeFile({ path: join(copies, from) }, to, { how: 'copy', signal })
    written.push({ image, file: places[at]!, sha256, patient, words: {}, lookFirst })
  }
  await rm(copies, { recursive: true })
  return written
}

const numbered = (at: number) => `film-${String(at + 1).padStart(6, '0')}.dcm`

const tableOf = (films: readonly Written[]): string =>
  [
    ['file', 'class', 'part', 'patient', 'tags', 'note', 'sha256', 'look_first'],
    ...films.map(({ image, file, sha256, patient, words, lookFirst }) => [
      ...[file, image.className, image.part, patient, words.tags?.join('; '), words.note, sha256],
      lookFirst,
    ]),
  ]
    .map(csvRow)
    .join('')
