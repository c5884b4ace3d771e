import { open } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../../shared/domain/film.ts'
import type { LabelOrder } from '../../shared/domain/labelTable.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { readIdxFolder } from './idxFolder.ts'
import { filmFormats, isGzip, isZip, sniffFormat } from '../images/format.ts'
import { inflateHead } from '../images/inflateHead.ts'
import { type DicomPeek, peekDicom } from '../images/dicom/peekDicom.ts'
import { namedByIndexes, inDicomOrder } from './dicomFiles.ts'
import { inParallel } from './inParallel.ts'
import { labelFilms } from './labels/labelFilms.ts'
import { readLayout, withoutPatientFolders } from './layout.ts'
import { withoutMasks } from './masks.ts'
import { patientKeys } from './patient.ts'
import { throttled } from './throttle.ts'
import { codeOf, walk } from './walk.ts'

/** Enough to know a format by, also inside gzip, whose tables alone may take some 300 bytes. */
const HEAD_BYTES = 1024

/** Of a DICOM file: patient and study come within its first elements, unless a picture of the film lies before them. */
const DICOM_HEAD_BYTES = 256 * 1024

/** What the first bytes of a file say. */
type Look =
  | { readonly kind: 'film'; readonly path: string; readonly dicom?: DicomPeek }
  | { readonly kind: 'index'; readonly path: string; readonly files: DicomPeek['directory'] }
  | { readonly kind: 'idx'; readonly path: string; readonly refusal: Refusal }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * Walks folders, or takes single files, and says how it understands them. Reads the first bytes of each
 * file and no pixels. Files that are no pictures come back as refused, each with its reason; with a table of labels,
 * only the films that it names come back, and its rows that name none as refused.
 * Throws NOT_FOUND for a path that does not exist.
 */
export async function surveyFolder(
  {
    paths,
    labels,
  }: { readonly paths: readonly string[]; readonly labels?: LabelOrder | undefined },
  job: Job<{ filesSeen: number }>,
): Promise<FolderSurvey> {
  const seen = throttled((filesSeen: number) => job.report({ filesSeen }))
  const { root, files, masks, refused } = withoutMasks(await walk(paths, { signal: job.signal, seen: seen.report })) // prettier-ignore
  const look = (all: readonly string[]) =>
    inParallel(all, 16, (path) => {
      throwIfCancelled(job.signal)
      return lookAt(path)
    })
  const walked = await look(files)
  const named = await namedByIndexes(walked, files)
  const looks = [...walked, ...(await look(named))]
  seen.flush()
  const films = inDicomOrder(looks.flatMap((found) => (found.kind === 'film' ? [found] : [])))
  const idxFiles = looks.flatMap((found) => (found.kind === 'idx' ? [found.path] : []))
  // Among pictures of their own, idx files are none of the folder's films.
  if (films.length === 0 && idxFiles.length > 0) {
    if (labels) throw new AppError('BAD_INPUT', `${root}: idx files have labels of their own, and take none from a table`) // prettier-ignore
    const idx = await readIdxFolder(idxFiles)
    const others = looks.flatMap((found) => (found.kind === 'refused' ? [found.refusal] : []))
    return {
      ...{ root, layout: 'idx', classes: [...idx.classes], films: [...idx.films] },
      refused: [...refused, ...others, ...idx.refused],
    }
  }
  const inside = films.map(({ path }) => relative(root, path).split(sep).join('/'))
  const told = films.map(({ dicom }) => dicom?.patient)
  const { layout, classes, placings } = withoutPatientFolders(readLayout(inside), told)
  const { keys, rule } = patientKeys(inside)
  const indexes = looks.flatMap((found) => (found.kind === 'index' ? [found.path] : []))
  const isTold = told.some((patient) => patient !== undefined)
  const rules = [...(rule === undefined ? [] : [rule]), ...(isTold ? [dicomRule] : [])].join('; ')
  const refusals = [...refused, ...masks.map(maskRefusal), ...looks.flatMap((found) => ('refusal' in found ? [found.refusal] : []))] // prettier-ignore
  const tables = files.filter(isTable)
  const survey: FolderSurvey = {
    root,
    layout,
    classes: [...classes],
    films: films.map(({ path, dicom }, at): SurveyedFilm => ({
      path,
      patient: dicom?.patient ?? keys[at]!,
      ...placings[at],
    })),
    refused: refusals,
    ...(indexes.length > 0 && { indexes }),
    ...(rules !== '' && { patientRule: rules }),
    ...(tables.length > 0 && { tables }),
  }
  if (!labels) return survey
  const listed = survey.films.map((film, at) => ({ film, dicom: films[at]?.dicom }))
  return labelFilms(survey, listed, labels)
}

const dicomRule = 'DICOM: one patient is one Patient ID (without one, a name with a birth date)'

const isTable = (path: string) => /\.(?:csv|tsv)$/i.test(path)

async function lookAt(path: string): Promise<Look> {
  const refuse = (code: string, reason: string): Look => ({
    kind: 'refused',
    refusal: { path, code, reason: `${path}: ${reason}` },
  })
  let head: Uint8Array
  try {
    head = await readHead(path)
  } catch (cause) {
    return refuse('NOT_PERMITTED', `the file cannot be read (${codeOf(cause)})`)
  }
  if (head.length === 0) return refuse('TRUNCATED', 'the file is empty: copy it again')
  const format = sniffFormat(isGzip(head) ? inflateHead(head) : head)
  if (format === 'idx') return { kind: 'idx', path, refusal: idxRefusal(path) }
  if (format === undefined && /\.(?:xlsx?|xlsm|ods)$/i.test(path)) {
    return refuse('UNSUPPORTED', 'a workbook: save its sheet as CSV to take labels from it')
  }
  if (isZip(head)) {
    return refuse('UNSUPPORTED', 'a zip archive: import it by itself, or unpack it')
  }
  if (format === undefined && isTable(path)) {
    return refuse('UNSUPPORTED', 'a table, no film; it may say what the films show')
  }
  if (format === undefined || isGzip(head)) {
    return refuse('UNSUPPORTED', `no picture (its content is none of ${filmFormats})`)
  }
  if (format !== 'dicom') return { kind: 'film', path }
  const dicom = peekDicom(await readHead(path, DICOM_HEAD_BYTES))
  if (dicom?.directory) return { kind: 'index', path, files: dicom.directory }
  return { kind: 'film', path, ...(dicom && { dicom }) }
}

const maskRefusal = (path: string): Refusal => ({
  path,
  code: 'UNSUPPORTED',
  reason: `${path}: a mask, as its folder says, of a film in the folder beside`,
})

const idxRefusal = (path: string): Refusal => ({
  path,
  code: 'UNSUPPORTED',
  reason: `${path}: many pictures in one file (MNIST's idx format), passed over beside films with files of their own: put it into another folder`,
})

async function readHead(path: string, length = HEAD_BYTES): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
