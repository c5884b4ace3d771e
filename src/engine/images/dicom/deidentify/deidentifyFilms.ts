/** Films as copies without their patients, in a new folder that appears when all are there. */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeSynced } from '../../../../files/atomicWrite.ts'
import { commitFolder } from '../../../../files/commitFolder.ts'
import { requireEmpty } from '../../../../files/requireEmpty.ts'
import { csvRow } from '../../../../shared/csv.ts'
import type {
  DeidentifiedFilm,
  DeidentifyOrder,
} from '../../../../shared/domain/deidentification.ts'
import { AppError, isCancelled, throwIfCancelled } from '../../../../shared/errors.ts'
import type { Job } from '../../../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../../../files/turnOfTheLoop.ts'
import { sniffFormat } from '../../format.ts'
import { refusalOf } from '../../readFilms.ts'
import { withFile } from '../../readRaster.ts'
import { deidentifyFilm } from './deidentifyFilm.ts'
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts'
import { writingInPixels } from './writingInPixels.ts'

/** Where films lie that a person has to look at first. */
const LOOK_FIRST = 'look-at-these-first'
const FILMS = 'films'

type Written = Extract<DeidentifiedFilm, { kind: 'written' }>

/**
 * Writes a copy of each film that can be read: `films/` and `look-at-these-first/`, a folder a patient, and
 * `deidentification.csv`, which tells what was done and names no original. One secret, forgotten afterwards, makes
 * the new names, so that films of one patient, study or series stay together. Throws BAD_INPUT for a folder that
 * holds something, DISK_FULL, NOT_PERMITTED, CANCELLED; then nothing is written.
 */
export async function deidentifyFilms(
  order: DeidentifyOrder,
  job: Job<{ done: number; total: number; films: DeidentifiedFilm[] }>,
): Promise<{ written: number; toLookAt: number; refused: number }> {
  await requireEmpty(order.folder)
  const pseudonyms = createPseudonyms(randomBytes(32))
  const told: DeidentifiedFilm[] = []
  await commitFolder(order.folder, async (folder) => {
    const numbers = new Map<string, number>()
    const total = order.paths.length
    for (const [at, path] of order.paths.entries()) {
      throwIfCancelled(job.signal)
      const film = await copyOne(path, { ...order, folder }, pseudonyms, numbers)
      told.push(film)
      job.report({ done: at + 1, total, films: [film] })
      await turnOfTheLoop()
    }
    await writeSynced(join(folder, 'deidentification.csv'), [table(told.filter(isWritten))])
  })
  const written = told.filter(isWritten)
  const toLookAt = written.filter(({ reasonsToLook }) => reasonsToLook.length > 0).length
  return { written: written.length, toLookAt, refused: told.length - written.length }
}

const isWritten = (film: DeidentifiedFilm): film is Written => film.kind === 'written'

async function copyOne(
  path: string,
  { folder, dates, keepCharacteristics }: DeidentifyOrder,
  pseudonyms: Pseudonyms,
  numbers: Map<string, number>,
): Promise<DeidentifiedFilm> {
  let film
  try {
    film = await withFile(path, async (bytes) => {
      if (sniffFormat(bytes) !== 'dicom') {
        throw new AppError(
          'UNSUPPORTED',
          'no DICOM file: the profile speaks of DICOM alone, and other pictures name no patient to take out',
        )
      }
      const options = { dates, keepCharacteristics }
      const copy = deidentifyFilm(bytes, { options, pseudonyms })
      const reasonsToLook = [...copy.reasonsToLook, ...(await writingInPixels(bytes))]
      return { ...copy, reasonsToLook }
    })
  } catch (cause) {
    if (isCancelled(cause)) throw cause
    return { kind: 'refused', refusal: refusalOf(path, cause) }
  }
  const { bytes, ...facts } = film
  const number = (numbers.get(facts.patient) ?? 0) + 1
  numbers.set(facts.patient, number)
  const shelf = facts.reasonsToLook.length > 0 ? LOOK_FIRST : FILMS
  const file = `${shelf}/${facts.patient}/${String(number).padStart(4, '0')}.dcm`
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeSynced(join(folder, file), [bytes])
  return {
    ...{ kind: 'written', path, file, ...facts },
    suspicious: [...facts.suspicious],
  }
}

const table = (films: readonly Written[]): string =>
  [
    [
      ...['file', 'patient', 'sop_instance_uid', 'look_first', 'removed', 'replaced'],
      ...['private_removed', 'also_removed'],
    ],
    ...films.map((film) => [
      ...[film.file, film.patient, film.sopInstanceUid, film.reasonsToLook.join('; ')],
      ...[film.removed, film.replaced, film.privates, film.suspicious.join(' ')],
    ]),
  ]
    .map(csvRow)
    .join('')
