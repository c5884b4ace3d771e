/** Classes, parts and ages as cells of a table say them. */
import type { LabelReading } from '../../../shared/domain/labelTable.ts'

type Label = LabelReading['labels'][number]

const unsaid = new Set(['', 'na', 'n/a', 'nan', 'null', 'nil', 'unknown', 'unlabeled', 'unlabelled', 'missing', '#n/a']) // prettier-ignore

/** Whether a cell says nothing: empty, «n/a», «NaN», «?», «–» … */
export const saysNothing = (cell: string): boolean =>
  unsaid.has(cell.trim().toLowerCase()) || !/[\p{L}\p{N}]/u.test(cell)

/** In a table of so many rows … */
const manyRows = 1000
/** … a label on no more rows than these, where one is expected on many, is a slip of the pen. */
const slipRows = 10
const slipShare = 0.001

/**
 * The labels of a column, the most frequent first; spellings that differ in capitals or blanks alone are one label.
 * Without `chosen`, all are classes but those that are on a handful of many rows.
 */
export function labelsOf(cells: readonly string[], chosen?: readonly string[]): Label[] {
  const spellings = new Map<string, Map<string, number>>()
  let total = 0
  for (const cell of cells) {
    if (saysNothing(cell)) continue
    total++
    const spelling = spelled(cell)
    const same = spellings.get(foldLabel(cell)) ?? new Map<string, number>()
    same.set(spelling, (same.get(spelling) ?? 0) + 1)
    spellings.set(foldLabel(cell), same)
  }
  const isSlip = (rows: number) => total >= manyRows && rows <= slipRows && rows < slipShare * total
  const wanted = chosen && new Set(chosen.map(foldLabel))
  return [...spellings.entries()]
    .map(([folded, same]) => {
      const rows = [...same.values()].reduce((sum, count) => sum + count)
      const [name] = [...same].sort((a, b) => b[1] - a[1])[0]!
      const parts = severalLabels(name)
      const isSeveral = parts.length > 1 && parts.every((part) => spellings.has(foldLabel(part)))
      return { name, rows, taken: wanted ? wanted.has(folded) : !isSlip(rows) && !isSeveral }
    })
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}

/** The labels of a cell that may hold several: «Mass|Nodule». */
export const severalLabels = (cell: string): string[] => cell.split(/[|;,/+]/)

const spelled = (cell: string) => cell.trim().replace(/\s+/g, ' ').normalize('NFC')

/** Equal for spellings of one label. */
export const foldLabel = (cell: string): string => spelled(cell).toLowerCase()

/** Whether a cell of a 0/1 column is set; undefined for what is neither. */
export function flagOf(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase()
  if (/^(?:1(?:[.,]0*)?|true|yes|y|x|ja)$/.test(word)) return true
  return /^(?:0(?:[.,]0*)?|false|no|n|nein|)$/.test(word) ? false : undefined
}

const perYear: Readonly<Record<string, number>> = { d: 365.25, w: 52.18, m: 12, y: 1 }

/** Years; undefined for what is no age of a person. */
export function ageOf(cell: string): number | undefined {
  const [, figure, unit = 'y'] = /^(\d{1,3}(?:[.,]\d+)?)\s*([dwmy])?$/i.exec(cell.trim()) ?? []
  if (figure === undefined) return undefined
  const years = Number(figure.replace(',', '.')) / perYear[unit.toLowerCase()]!
  return years <= 130 ? years : undefined
}
