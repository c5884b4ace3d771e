import type { ImageRow } from '../../../shared/domain/dataset.ts'
import type { DicomFacts } from '../../../shared/domain/dicom.ts'
import { isLateral } from '../../../shared/filmView.ts'

/** A film that a pane shows: of the worklist, or another one of the same patient. */
export interface ShownFilm {
  readonly image: ImageRow
  readonly dicom?: DicomFacts | undefined
}

/** The view as a radiologist calls it: «PA», «Lateral L»; undefined where the file does not say. */
export function viewName({ dicom }: Pick<ShownFilm, 'dicom'>): string | undefined {
  const position = dicom?.viewPosition
  if (!position) return undefined
  return isLateral(position) ? `Lateral ${position}` : position
}

/** A time that only tells one day from another: «2024-03-01 10:42». */
export function takenAt({ dicom }: Pick<ShownFilm, 'dicom'>): string | undefined {
  if (!dicom?.studyDate) return undefined
  return [dicom.studyDate, dicom.studyTime?.slice(0, 5)].filter(Boolean).join(' ')
}

/** «LOSSY 12:1» where pixels were changed by compression, now or before; undefined where nothing tells so. */
export function lossyWords({ image, dicom }: ShownFilm): string | undefined {
  if (!dicom) return /\.jpe?g$/i.test(image.fileName) ? 'LOSSY' : undefined
  if (!dicom.lossy) return undefined
  return dicom.lossyRatio === undefined ? 'LOSSY' : `LOSSY ${dicom.lossyRatio.toFixed(0)}:1`
}
