import type { Mark, Ruler } from '../../../shared/domain/mark.ts'
import { measureText } from '../../../shared/measure.ts'
import type { Film } from '../film.ts'

export const rulerOf = ({ aspect, description: { pixelSpacing } }: Film): Ruler =>
  pixelSpacing ? { aspect, spacing: pixelSpacing } : { aspect }

/** What stands beside a mark: its label, then what it measures. */
export const wordsOf = (mark: Mark, ruler: Ruler): string =>
  [mark.label, mark.points.length > 1 ? measureText(mark, ruler) : ''].filter(Boolean).join(' · ')
