/** Pictures and their labels in idx files, as films: MNIST and what was made after its model. */
import { basename, dirname, join } from 'node:path'
import type { Refusal, SurveyedFilm } from '../../shared/domain/film.ts'
import type { Part } from '../../shared/domain/part.ts'
import { toAppError } from '../../shared/errors.ts'
import { filmInFile } from '../../shared/filmPath.ts'
import { readIdxFile } from '../images/idxFile.ts'

export interface IdxFilms {
  /** In the order of their labels, as text. */
  readonly classes: readonly string[]
  readonly films: readonly SurveyedFilm[]
  readonly refused: readonly Refusal[]
}

const parts: readonly (readonly [RegExp, Part])[] = [
  [/(?:^|[-_.])(?:t10k|test)(?=[-_.])/i, 'test'],
  [/(?:^|[-_.])val(?:id(?:ation)?)?(?=[-_.])/i, 'validation'],
  [/(?:^|[-_.])train(?:ing)?(?=[-_.])/i, 'train'],
]

/**
 * `files` are idx files. `train-images-idx3-ubyte` finds its labels in `train-labels-idx1-ubyte` beside it, either of
 * them compressed or not; the name tells the part. Pictures without labels are refused.
 */
export async function readIdxFolder(files: readonly string[]): Promise<IdxFilms> {
  const byKey = new Map<string, string>()
  const refused: Refusal[] = []
  // The shorter name is the uncompressed file, which is quicker to read.
  for (const file of [...files].sort((a, b) => a.length - b.length)) {
    const taken = byKey.get(keyOf(file))
    if (taken === undefined) byKey.set(keyOf(file), file)
    else refused.push(refusal(file, 'UNSUPPORTED', `the same as ${basename(taken)}, which is used`))
  }
  const films: SurveyedFilm[] = []
  for (const file of [...byKey.values()].sort()) {
    if (!isPictures(file)) continue
    const labels = byKey.get(labelsKeyOf(file))
    if (labels === undefined) {
      const wanted = basename(labelsKeyOf(file))
      refused.push(refusal(file, 'NOT_FOUND', `its labels are missing: put ${wanted} beside it`))
    } else films.push(...(await labelled(file, labels, refused)))
  }
  const found = new Set(films.map(({ className }) => className!))
  const classes = [...found].sort((a, b) => Number(a) - Number(b))
  return { classes, films, refused }
}

async function labelled(
  pictures: string,
  labels: string,
  refused: Refusal[],
): Promise<SurveyedFilm[]> {
  try {
    const [{ shape }, { values }] = await Promise.all([readIdxFile(pictures), readIdxFile(labels)])
    const [count] = shape
    if (count !== values.length) {
      const reason = `${count ?? 0} pictures, but ${values.length} labels in ${basename(labels)}: take both from the same source`
      refused.push(refusal(pictures, 'DAMAGED', reason))
      return []
    }
    const part = partOf(pictures)
    return Array.from(values, (label, index) => ({
      path: filmInFile(pictures, index),
      className: String(label),
      patient: `${basename(pictures)} ${index}`,
      ...(part && { part }),
    }))
  } catch (cause) {
    const { code, message } = toAppError(cause)
    refused.push(refusal(pictures, code, message))
    return []
  }
}

const withoutGzip = (file: string) => file.replace(/\.gz$/i, '')
const keyOf = (file: string) => withoutGzip(file).toLowerCase()
const isPictures = (file: string) => /idx3|images/i.test(basename(file))
const labelsKeyOf = (pictures: string): string => {
  const name = basename(keyOf(pictures)).replace('images', 'labels').replace('idx3', 'idx1')
  return join(dirname(keyOf(pictures)), name)
}

const partOf = (file: string): Part | undefined =>
  parts.find(([pattern]) => pattern.test(basename(file)))?.[1]

const refusal = (path: string, code: string, reason: string): Refusal => ({
  path,
  code,
  reason: `${path}: ${reason}`,
})
