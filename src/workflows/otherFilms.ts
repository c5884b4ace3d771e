import type { DicomFacts } from '../shared/domain/dicom.ts'
import type { OtherFilm } from '../shared/domain/review.ts'
import type { StoredImage } from '../store/image.ts'
import type { Store } from '../store/store.ts'

/**
 * The library's other films of the patient, the newest study first and the undated last; a film that is known
 * twice comes once. Empty for pictures that are no DICOM, whose patient is a guess from a file name.
 * Throws NOT_FOUND for an id that is not in the library.
 */
export function otherFilms(store: Store, imageId: string): OtherFilm[] {
  const image = store.images.get(imageId)
  const { dicom } = image
  if (dicom?.patientKey === undefined) return []
  const seen = new Set([image.fileHash])
  return store.images
    .ofPatient(image.patient)
    .flatMap((other) => {
      if (!other.dicom || seen.has(other.fileHash)) return []
      seen.add(other.fileHash)
      const relation = relationOf(dicom, other.dicom)
      return [{ image: rowOf(other), facts: other.dicom, relation }]
    })
    .sort((a, b) => compare(moment(b.facts), moment(a.facts)) || inOrder(a.facts, b.facts))
}

function relationOf(shown: DicomFacts, other: DicomFacts): OtherFilm['relation'] {
  if (other.studyUid === shown.studyUid) return 'same-study'
  if (shown.studyDate === undefined || other.studyDate === undefined) return 'undated'
  const order = compare(moment(other), moment(shown))
  return order === 0 ? 'undated' : order < 0 ? 'prior' : 'later'
}

/** Sorts as time does; an unknown date before all others. */
const moment = ({ studyDate = '', studyTime = '' }: DicomFacts) => `${studyDate} ${studyTime}`

const inOrder = (a: DicomFacts, b: DicomFacts) =>
  (a.seriesNumber ?? 0) - (b.seriesNumber ?? 0) || (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const rowOf = (image: StoredImage): OtherFilm['image'] => ({
  ...{ id: image.id, fileName: image.fileName, className: image.className, part: image.part },
  ...{ patient: image.patient, rows: image.rows, columns: image.columns, bytes: image.bytes },
  synthetic: image.synthetic,
})
