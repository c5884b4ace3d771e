/** The rows of the run table: one a run, or one for all repeats of a configuration with mean and deviation. */
import { runFigures } from '../../../../shared/comparison/runFigures.ts'
import {
  differingSettings,
  groupRepeats,
  settingColumns,
  type SettingColumn,
  type SettingValue,
} from '../../../../shared/comparison/settings.ts'
import { spread } from '../../../../shared/comparison/spread.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import { figureColumns, type FigureColumn } from './figureColumns.ts'

export interface Figure {
  /** The mean, where repeats are joined. */
  readonly value: number
  /** Of several repeats; undefined for one. */
  readonly deviation: number | undefined
  readonly epoch: number | undefined
}

export interface CompareRow {
  readonly id: string
  /** The first stands for all. */
  readonly run: Run
  readonly runs: readonly Run[]
  /** By column key. */
  readonly figures: ReadonlyMap<string, Figure>
  readonly settings: ReadonlyMap<string, SettingValue>
}

const repeatWords = /(?:, (?:seed \d+|fold \d+\/\d+))+$/

/** The run's name; of joined repeats what their names have in common. */
export function nameOf({ run, runs }: Pick<CompareRow, 'run' | 'runs'>): string {
  const first = run.name.replace(repeatWords, '')
  const isShared = runs.length > 1 && runs.every(({ name }) => name.startsWith(first))
  return isShared ? first : run.name
}

export interface CompareTable {
  readonly rows: readonly CompareRow[]
  /** Those that at least one row knows. */
  readonly figures: readonly FigureColumn[]
  readonly settings: readonly Pick<SettingColumn, 'key' | 'label'>[]
}

export interface TableOptions {
  /** Joins runs that differ in nothing but seed and fold. */
  readonly joined: boolean
  /** Shows settings that are everywhere the same, too. */
  readonly everySetting: boolean
}

export function compareTable(
  runs: readonly Run[],
  { joined, everySetting }: TableOptions,
): CompareTable {
  const groups = joined ? groupRepeats(runs) : runs.map((run) => [run])
  const firsts = groups.map((group) => group[0]!)
  const columns = (everySetting ? settingColumns : differingSettings)(firsts).filter(
    ({ key }) => !joined || !repeated.has(key),
  )
  const rows = groups.map((group, place): CompareRow => {
    const figures = figuresOf(group)
    const settings = new Map(columns.map(({ key, values }) => [key, values[place]]))
    return { id: group[0]!.id, run: group[0]!, runs: group, figures, settings }
  })
  return {
    rows,
    figures: figureColumns.filter(({ key }) => rows.some(({ figures }) => figures.has(key))),
    settings: columns,
  }
}

const repeated: ReadonlySet<string> = new Set(['settings.seed', 'settings.fold'])

function figuresOf(runs: readonly Run[]): ReadonlyMap<string, Figure> {
  const each = runs.map(runFigures)
  return new Map(
    figureColumns.flatMap(({ key, read, epoch, isFixed }): [string, Figure][] => {
      const all = spread(each.map(read))
      if (!all) return []
      const from = each.length === 1 ? epoch?.(each[0]!) : undefined
      const deviation = isFixed ? undefined : all.deviation
      return [[key, { value: all.mean, deviation, epoch: from }]]
    }),
  )
}

export interface Sort {
  /** Of a figure or a setting, or `name`, or `created`. */
  readonly key: string
  readonly descending: boolean
}

/** Sorted by one column; what is unknown comes last, whichever way. */
export function sortRows(rows: readonly CompareRow[], { key, descending }: Sort): CompareRow[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [sortValue(a, key), sortValue(b, key)]
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined)
    }
    return sign * order(left, right)
  })
}

function sortValue({ run, figures, settings }: CompareRow, key: string): SettingValue {
  if (key === 'created') return run.createdAt
  if (key === 'name') return run.name
  return figures.get(key)?.value ?? settings.get(key)
}

function order(a: string | number | boolean, b: string | number | boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}

/** The rows that hold the best value of a column; none when all are equal. */
export function bestIn(rows: readonly CompareRow[], { key, better }: FigureColumn): Set<string> {
  const known = rows.flatMap(({ id, figures }) => {
    const figure = figures.get(key)
    return figure ? [{ id, value: figure.value }] : []
  })
  const values = known.map(({ value }) => value)
  const best = better === 'higher' ? Math.max(...values) : Math.min(...values)
  if (values.every((value) => value === best)) return new Set()
  return new Set(known.filter(({ value }) => value === best).map(({ id }) => id))
}

/** «0.912 ± 0.004» where there is a deviation. */
export const figureWords = (column: FigureColumn, { value, deviation }: Figure): string =>
  deviation === undefined
    ? column.words(value)
    : `${column.words(value)} ± ${column.words(deviation).replace('+', '')}`

export function settingWords(value: SettingValue): string {
  if (value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
}
