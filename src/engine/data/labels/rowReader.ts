/** What the rows of a table say of their films. */
import type { SurveyedFilm } from '../../../shared/domain/film.ts'
import type { ColumnRole, LabelReading } from '../../../shared/domain/labelTable.ts'
import { partOf } from '../layout.ts'
import { shortened } from './findFilm.ts'
import { ageOf, flagOf, foldLabel, isUncertain, labelReader, labelsOf, saysNothing } from './labelValues.ts' // prettier-ignore
import type { TableRow } from './parseTable.ts'
import type { Table } from './readTable.ts'

/** What a row says of its films, or why it says nothing. */
export type Said =
  | { readonly kind: 'said'; readonly film: Partial<SurveyedFilm>; readonly ageUnread: boolean }
  | Wrong

interface Wrong {
  readonly kind: 'wrong'
  readonly code: string
  readonly reason: string
}

type Labels = LabelReading['labels']

const wrong = (code: string, reason: string): Wrong => ({ kind: 'wrong', code, reason })
const several = (said: string) => wrong('UNSUPPORTED', `${said}: a film is of one class, so take fewer`) // prettier-ignore

/** The labels of the table, those of `classes` taken, and what reads a row. */
export function rowReader(
  table: Pick<Table, 'names' | 'rows'>,
  roles: readonly ColumnRole[],
  classes: readonly string[] | undefined,
): { readonly labels: Labels; readonly say: (row: TableRow) => Said } {
  const at = (role: ColumnRole) => roles.indexOf(role)
  const { labels, classOf } = roles.includes('flag')
    ? flags(table, roles, classes)
    : at('label') < 0
      ? { labels: [], classOf: () => undefined }
      : words(table, at('label'), classes)
  const say = (row: TableRow): Said => {
    const className = classOf(row.cells)
    if (typeof className === 'object') return className
    const cell = (role: ColumnRole) => (at(role) < 0 ? '' : (row.cells[at(role)] ?? '').trim())
    const part = partOf(cell('part'))
    if (cell('part') !== '' && part === undefined) return wrong('BAD_INPUT', `«${shortened(cell('part'))}» is no part: write train, val or test`) // prettier-ignore
    const age = ageOf(cell('age'))
    return {
      kind: 'said',
      ageUnread: age === undefined && !saysNothing(cell('age')),
      film: {
        ...(className !== undefined && { className }),
        ...(part && { part }),
        ...(cell('patient') !== '' && { patient: cell('patient') }),
        ...(age !== undefined && { age }),
        ...(cell('view') !== '' && { view: cell('view').slice(0, 40) }),
      },
    }
  }
  return { labels, say }
}

/** Classes from a column of words. */
function words(
  { rows }: Pick<Table, 'rows'>,
  column: number,
  classes: readonly string[] | undefined,
) {
  const cells = rows.map((row) => row.cells[column] ?? '')
  const read = labelReader(cells, classes)
  const labels = labelsOf(cells.map(read), classes)
  const byFold = new Map(labels.map((label) => [foldLabel(label.name), label]))
  const classOf = (row: readonly string[]): Wrong | string => {
    const cell = row[column] ?? ''
    if (saysNothing(cell)) return wrong('BAD_INPUT', cell.trim() === '' ? 'it has no label' : `its label «${shortened(cell)}» says nothing`) // prettier-ignore
    const said = read(cell).map((label) => byFold.get(foldLabel(label))!)
    const [taken, ...more] = said.filter((label) => label.taken)
    if (more.length > 0) return several(`it has several labels («${shortened(cell)}»)`)
    if (taken) return taken.name
    const [only] = said
    if (said.length > 1 || !only) return wrong('BAD_INPUT', `none of its labels («${shortened(cell)}») is one of the classes taken`) // prettier-ignore
    return wrong('BAD_INPUT', `its label «${shortened(cell)}», on ${only.rows === 1 ? 'this row alone' : `${only.rows} rows`}, is none of the classes taken`) // prettier-ignore
  }
  return { labels, classOf }
}

/** Classes from columns of 0 and 1; those that are not taken are not asked. */
function flags(
  { names, rows }: Pick<Table, 'names' | 'rows'>,
  roles: readonly ColumnRole[],
  classes: readonly string[] | undefined,
) {
  const columns = roles.flatMap((role, column) => (role === 'flag' ? [column] : []))
  const wanted = classes && new Set(classes.map(foldLabel))
  const labels = columns.map((column) => {
    const name = names[column]!
    const set = rows.filter(({ cells }) => flagOf(cells[column] ?? '') === true)
    return { name, rows: set.length, taken: wanted?.has(foldLabel(name)) ?? true }
  })
  const asked = columns.filter((_, at) => labels[at]!.taken)
  const classOf = (cells: readonly string[]): Wrong | string => {
    const open = asked.find((column) => isUncertain(cells[column] ?? ''))
    if (open !== undefined) return wrong('BAD_INPUT', `«${names[open]!}» is said to be uncertain (${cells[open]!.trim()})`) // prettier-ignore
    const odd = asked.find((column) => flagOf(cells[column] ?? '') === undefined)
    if (odd !== undefined) return wrong('BAD_INPUT', `«${shortened(cells[odd]!)}» in the column «${names[odd]!}» is neither 0 nor 1`) // prettier-ignore
    const isSet = (column: number) => flagOf(cells[column] ?? '') === true
    const [set, ...more] = asked.filter(isSet).map((column) => names[column]!)
    if (more.length > 0) return several(`several classes are set (${[set, ...more].join(', ')})`)
    return set ?? wrong('BAD_INPUT', columns.some(isSet) ? 'no class that is taken is set' : 'no class is set') // prettier-ignore
  }
  return { labels, classOf }
}
