import { open } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../../shared/domain/film.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { dicomRefusal, isGzip, sniffFormat } from '../images/format.ts'
import { readIdxFolder } from './idxFolder.ts'
import { inParallel } from './inParallel.ts'
import { readLayout } from './layout.ts'
import { patientKeys } from './patient.ts'
import { throttled } from './throttle.ts'
import { codeOf, walk } from './walk.ts'

/** Enough to know a format by, also inside gzip, whose tables alone may take some 300 bytes. */
const HEAD_BYTES = 1024

/** What the first bytes of a file say. */
type Look =
  | { readonly kind: 'film'; readonly path: string }
  | { readonly kind: 'idx'; readonly path: string; readonly refusal: Refusal }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * Walks folders, or takes single files, and says how it understands them. Reads the first bytes of each
 * file and no pixels. Files that are no pictures come back as refused, each with its reason.
 * Throws NOT_FOUND for a path that does not exist.
 */
export async function surveyFolder(
  { paths }: { readonly paths: readonly string[] },
  job: Job<{ filesSeen: number }>,
): Promise<FolderSurvey> {
  const seen = throttled((filesSeen: number) => job.report({ filesSeen }))
  const { root, files, refused } = await walk(paths, { signal: job.signal, seen: seen.report })
  const looks = await inParallel(files, 16, (path) => {
    throwIfCancelled(job.signal)
    return lookAt(path)
  })
  seen.flush()
  const films = looks.flatMap((look) => (look.kind === 'film' ? [look.path] : []))
  const idxFiles = looks.flatMap((look) => (look.kind === 'idx' ? [look.path] : []))
  // Among pictures of their own, idx files are none of the folder's films.
  if (films.length === 0 && idxFiles.length > 0) {
    const idx = await readIdxFolder(idxFiles)
    const others = looks.flatMap((look) => (look.kind === 'refused' ? [look.refusal] : []))
    return {
      ...{ root, layout: 'idx', classes: [...idx.classes], films: [...idx.films] },
      refused: [...refused, ...others, ...idx.refused],
    }
  }
  const inside = films.map((path) => relative(root, path).split(sep).join('/'))
  const { layout, classes, placings } = readLayout(inside)
  const { keys, rule } = patientKeys(inside)
  return {
    root,
    layout,
    classes: [...classes],
    films: films.map((path, at): SurveyedFilm => ({ path, patient: keys[at]!, ...placings[at] })),
    refused: [...refused, ...looks.flatMap((look) => (look.kind === 'film' ? [] : [look.refusal]))],
    ...(rule !== undefined && { patientRule: rule }),
  }
}

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
  if (format === undefined || isGzip(head)) {
    return refuse(
      'UNSUPPORTED',
      'no picture (its content is none of JPEG, PNG, BMP, GIF, WebP, TIFF)',
    )
  }
  if (format === 'dicom') return refuse('UNSUPPORTED', dicomRefusal)
  return { kind: 'film', path }
}

const idxRefusal = (path: string): Refusal => ({
  path,
  code: 'UNSUPPORTED',
  reason: `${path}: many pictures in one file (MNIST's idx format), passed over beside films with files of their own: put it into another folder`,
})

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What the compressed head holds; empty when it is not gzip after all. 1 KiB inflates to at most 1 MiB. */
function inflateHead(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array()
  }
}
