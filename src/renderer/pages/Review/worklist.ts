/** Which films of the worklist are seen, and in which order. */
import type { ModelManifest } from '../../../shared/domain/model.ts'
import type { Verdict, WorklistItem } from '../../../shared/domain/review.ts'
import { readingOf, type Reading } from './reading.ts'

export type Order = 'added' | 'score' | 'name' | 'patient'
export type Filter = 'all' | 'unread' | 'above' | Verdict

/** A film as the worklist shows it. */
export interface Row {
  readonly item: WorklistItem
  /** Undefined while there is no score, or while it is hidden until the verdict. */
  readonly reading: Reading | undefined
  readonly hidden: boolean
}

/** Joins films and what the model says of them; `blindFirst` hides scores of films without a verdict. */
export const rowsOf = (
  items: readonly WorklistItem[],
  manifest: Pick<ModelManifest, 'classes' | 'threshold' | 'calibration' | 'zones'> | undefined,
  blindFirst: boolean,
): Row[] =>
  items.map((item) => {
    const hidden = blindFirst && item.verdict === undefined
    if (hidden || !manifest || !item.prediction) return { item, hidden, reading: undefined }
    return { item, hidden, reading: readingOf(item.prediction, manifest) }
  })

export function shownRows(
  rows: readonly Row[],
  { filter, order, search }: { filter: Filter; order: Order; search: string },
): readonly Row[] {
  const wanted = search.trim().toLowerCase()
  const found = rows.filter((row) => passes(row, filter) && contains(row, wanted))
  switch (order) {
    case 'added':
      return found
    case 'score':
      // Films without a score come last; equal ones keep their order.
      return found.sort((a, b) => (b.reading?.score ?? -1) - (a.reading?.score ?? -1))
    case 'name':
      return found.sort((a, b) => byName.compare(a.item.image.fileName, b.item.image.fileName))
    case 'patient':
      return found.sort(
        (a, b) =>
          byName.compare(a.item.image.patient, b.item.image.patient) ||
          newestFirst(a.item, b.item) ||
          byName.compare(a.item.image.fileName, b.item.image.fileName),
      )
  }
}

/** «film 2» comes before «film 10». */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The newest study first, its films in the order of series and number. */
function newestFirst({ dicom: a }: WorklistItem, { dicom: b }: WorklistItem): number {
  const moment = (facts: typeof a) => `${facts?.studyDate ?? ''} ${facts?.studyTime ?? ''}`
  return (
    moment(b).localeCompare(moment(a)) ||
    (a?.studyUid ?? '').localeCompare(b?.studyUid ?? '') ||
    (a?.seriesNumber ?? 0) - (b?.seriesNumber ?? 0) ||
    (a?.instanceNumber ?? 0) - (b?.instanceNumber ?? 0)
  )
}

/** How a film stands in a list that is grouped: whether a patient or a study begins with it. */
export function beginsGroup(
  rows: readonly Row[],
  index: number,
  group: 'case' | 'patient',
): boolean {
  const before = rows[index - 1]
  const row = rows[index]
  return !before || !row || groupKey(before.item, group) !== groupKey(row.item, group)
}

function passes({ item, reading }: Row, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'unread':
      return item.verdict === undefined
    case 'above':
      return reading?.kind === 'two-classes' && reading.zone === 'above'
    default:
      return item.verdict === filter
  }
}

const contains = ({ item: { image, note } }: Row, wanted: string): boolean =>
  wanted === '' ||
  [image.fileName, image.patient, note ?? ''].some((text) => text.toLowerCase().includes(wanted))

/** Films with the same key are one study, or one patient; a picture that is no DICOM is a case of its own. */
export function groupKey({ image, dicom }: WorklistItem, group: 'case' | 'patient'): string {
  if (group === 'patient') return image.patient
  return dicom ? dicom.studyUid : image.id
}

/**
 * Place of the first key of the next (negative: previous) run of equal keys, seen from `index`. Backwards, a film in
 * the middle of its run leads to the run's beginning. At either end: `index` itself.
 */
export function nextGroup(keys: readonly string[], index: number, by: 1 | -1): number {
  const startOf = (at: number) => {
    let start = at
    while (start > 0 && keys[start - 1] === keys[at]) start -= 1
    return start
  }
  if (by === -1) {
    const start = startOf(index)
    return start < index || start === 0 ? start : startOf(start - 1)
  }
  const next = keys.findIndex((key, at) => at > index && key !== keys[index])
  return next < 0 ? index : next
}
