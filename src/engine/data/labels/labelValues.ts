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
 * How the cells of a column are read: the labels of each. A list as a whole is one only where it is `chosen` as such;
 * «A, B» is two where both stand elsewhere by themselves, while «Viral / atypical» may be one.
 */
export function labelReader(
  cells: readonly string[],
  chosen: readonly string[] = [],
): (cell: string) => string[] {
  const wholes = new Set(chosen.map(foldLabel))
  const isWhole = (cell: string) => wholes.has(foldLabel(cell))
  const listed = (cell: string) => (isList(cell) && !isWhole(cell) ? severalLabels(cell) : [cell])
  const known = new Set(cells.flatMap(listed).map(foldLabel))
  return (cell) => {
    if (saysNothing(cell)) return []
    const several = severalLabels(cell)
    const areKnown = several.length > 1 && several.every((label) => known.has(foldLabel(label)))
    return areKnown && !isWhole(cell) ? several : listed(cell)
  }
}

/**
 * The labels of a column, each with the rows that have it, the most frequent first; spellings that differ in capitals or
 * blanks alone are one label. `read` holds those of each row. Without `chosen`, all are classes but those that are on a
 * handful of many rows.
 */
export function labelsOf(
  read: readonly (readonly string[])[],
  chosen?: readonly string[],
): Label[] {
  const spellings = new Map<string, Map<string, number>>()
  for (const label of read.flat()) {
    const spelling = spelled(label)
    const same = spellings.get(foldLabel(label)) ?? new Map<string, number>()
    spellings.set(foldLabel(label), same.set(spelling, (same.get(spelling) ?? 0) + 1))
  }
  const total = read.filter((labels) => labels.length > 0).length
  const isSlip = (rows: number) => total >= manyRows && rows <= slipRows && rows < slipShare * total
  const wanted = chosen && new Set(chosen.map(foldLabel))
  return [...spellings.entries()]
    .map(([folded, same]) => {
      const rows = [...same.values()].reduce((sum, count) => sum + count)
      const [name] = [...same].sort((a, b) => b[1] - a[1])[0]!
      return { name, rows, taken: wanted ? wanted.has(folded) : !isSlip(rows) }
    })
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}

/** Labels between bars, or in a list as Python writes it: «['mass', 'nodule']». */
const isList = (cell: string) => cell.includes('|') || pythonList.test(cell)
const pythonList = /^\s*\[(.*)\]\s*$/s

const severalLabels = (cell: string): string[] =>
  spelled(cell)
    .split(isList(cell) ? '|' : /[;,/+]/)
    .map((part) => part.trim())
    .filter((part) => !saysNothing(part))

const spelled = (cell: string) => withoutBrackets(cell).trim().replace(/\s+/g, ' ').normalize('NFC')

function withoutBrackets(cell: string): string {
  const [, items] = pythonList.exec(cell) ?? []
  if (items === undefined) return cell
  return items
    .split(',')
    .map((item) => item.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .join('|')
}

/** Equal for spellings of one label. */
export const foldLabel = (cell: string): string => spelled(cell).toLowerCase()

/** Whether a cell of a 0/1 column is set; undefined for what is neither. */
export function flagOf(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase()
  if (/^(?:1(?:[.,]0*)?|true|yes|y|x|ja)$/.test(word)) return true
  return /^(?:0(?:[.,]0*)?|false|no|n|nein|)$/.test(word) ? false : undefined
}

/** CheXpert's and MIMIC-CXR's -1: the report leaves it open. */
export const isUncertain = (cell: string): boolean => /^\s*-1(?:[.,]0*)?\s*$/.test(cell)

const perYear: Readonly<Record<string, number>> = { d: 365.25, w: 52.18, m: 12, y: 1 }

/** Years; undefined for what is no age of a person. */
export function ageOf(cell: string): number | undefined {
  const [, figure, unit = 'y'] = /^(\d{1,3}(?:[.,]\d+)?)\s*([dwmy])?$/i.exec(cell.trim()) ?? []
  if (figure === undefined) return undefined
  const years = Number(figure.replace(',', '.')) / perYear[unit.toLowerCase()]!
  return years <= 130 ? years : undefined
}
