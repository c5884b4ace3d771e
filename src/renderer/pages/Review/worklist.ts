/** Which films of the worklist are seen, and in which order. */
import type { ModelManifest } from '../../../shared/domain/model.ts'
import type { Verdict, WorklistItem } from '../../../shared/domain/review.ts'
import { readingOf, type Reading } from './reading.ts'

export type Order = 'added' | 'score' | 'name'
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
  manifest: Pick<ModelManifest, 'classes' | 'threshold'> | undefined,
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
  }
}

/** «film 2» comes before «film 10». */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

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
