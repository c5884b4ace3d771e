/** DICOM files of a folder: those that a DICOMDIR names, and the order in which films belong. */
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DicomPeek } from '../images/dicom/peekDicom.ts'

type Look =
  | { readonly kind: 'index'; readonly path: string; readonly files: DicomPeek['directory'] }
  | { readonly kind: string }

/**
 * Files named by the DICOMDIR files among `looks` that were not walked already. A name is followed only down from
 * the DICOMDIR's own folder (PS3.10 8.2: up to eight components of letters, digits and «_»), and only to plain files.
 */
export async function namedByIndexes(
  looks: readonly Look[],
  walked: readonly string[],
): Promise<string[]> {
  const known = new Set(walked)
  const found: string[] = []
  for (const look of looks) {
    if (!('files' in look)) continue
    for (const parts of look.files ?? []) {
      const path = join(dirname(look.path), ...parts)
      if (known.has(path) || parts.length > 8 || !parts.every(isPlain)) continue
      known.add(path)
      const isFile = await stat(path).then(
        (file) => file.isFile(),
        () => false,
      )
      if (isFile) found.push(path)
    }
  }
  return found.sort()
}

/** Real names are longer than the eight letters of the standard; none holds a separator or dots alone. */
const isPlain = (part: string) => /^[\w-][\w.-]{0,63}$/.test(part)

interface Film {
  readonly path: string
  readonly dicom?: DicomPeek
}

/** Films of one patient together, by study, series and number; others stay where their names put them. */
export function inDicomOrder<T extends Film>(films: readonly T[]): T[] {
  if (!films.every(({ dicom }) => dicom?.patient !== undefined)) return [...films]
  const patients = new Map<string, number>()
  for (const { dicom } of films) {
    const patient = dicom?.patient ?? ''
    if (!patients.has(patient)) patients.set(patient, patients.size)
  }
  const key = ({ dicom }: T) => [patients.get(dicom?.patient ?? '') ?? 0, ...(dicom?.order ?? [])]
  return [...films].sort((a, b) => compare(key(a), key(b)))
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [place, value] of a.entries()) {
    const other = b[place] ?? ''
    if (value !== other) return value < other ? -1 : 1
  }
  return 0
}
