/** What the columns of a table mean, as far as their names and values tell. */
import { keyRoles, type ColumnRole, type KeyRole } from '../../../shared/domain/labelTable.ts'
import { partOf } from '../layout.ts'
import type { FindFilm } from './findFilm.ts'
import { belowForeignFolders } from './foreignFolders.ts'
import { roleOfName } from './header.ts'
import { flagOf, isUncertain, saysNothing } from './labelValues.ts'
import type { Table } from './readTable.ts'

/** So many rows, spread over the table, are looked at. */
const looked = 300
/** Words that stand for more than this are names or remarks. */
const mostLabels = 50

/** The role of each column; at most one of each, save for flags. `finders` tell which column names films. */
export function guessRoles(
  { names, header, rows }: Pick<Table, 'names' | 'header' | 'rows'>,
  finders: Readonly<Record<KeyRole, FindFilm>>,
): ColumnRole[] {
  const step = Math.max(1, Math.floor(rows.length / looked))
  const some = rows.filter((row, at) => at % step === 0 && row.problem === undefined)
  const isPlace = (name: string) => /^\s*y\s*$/i.test(name) && names.some((other) => /^\s*x\s*$/i.test(other)) // prettier-ignore
  const columns = names.map((name, at) => ({
    at,
    named: header && !isPlace(name) ? roleOfName(name) : 'none',
    values: some.map(({ cells }) => cells[at] ?? '').filter((cell) => !saysNothing(cell)),
  }))
  const roles = names.map((): ColumnRole => 'none')
  const take = (column: { readonly at: number } | undefined, role: ColumnRole) => {
    if (column) roles[column.at] = role
  }
  const free = () => columns.filter(({ at }) => roles[at] === 'none')
  const ofName = (role: ColumnRole) => free().find(({ named }) => named === role)

  const keys = keyRoles.flatMap((role) => likeliestKey(columns, role, finders[role]))
  const isCalledSo = ({ at, role }: (typeof keys)[number]) =>
    columns[at]!.named === (role === 'patientId' ? 'patient' : role)
  // Of those that find as many, the one whose column is called so, else the finer role.
  const [best] = keys.sort((a, b) => b.found - a.found || Number(isCalledSo(b)) - Number(isCalledSo(a))) // prettier-ignore
  const named = columns.find((column) => keyRoles.some((role) => role === column.named))
  if (best) take(best, best.role)
  else take(named ?? columns[0], named?.named ?? 'film')
  take(ofName('part') ?? free().find(({ values }) => shareOf(values, isPart) === 1), 'part')
  if (roles.includes('part') && !isMostlyPart(columns[roles.indexOf('part')]!.values)) {
    roles[roles.indexOf('part')] = 'none'
  }
  for (const role of ['age', 'view', 'patient'] as const) take(ofName(role), role)
  // The Patient ID is both: what finds the films, and whose they are.
  const labelled = likeliestLabel(
    free().filter(({ named }) => named === 'label'),
    some.length,
  )
  if (labelled) take(labelled, 'label')
  else takeUnnamed()
  return roles

  function takeUnnamed() {
    const flags = free().filter(({ values, named }) => named === 'none' && isFlags(values))
    if (flags.length > 1) for (const column of flags) take(column, 'flag')
    else {
      const words = free()
        .map((column) => ({ ...column, different: new Set(column.values).size }))
        .filter(
          ({ different, values }) =>
            different > 1 && different <= Math.min(mostLabels, values.length / 2),
        ) // prettier-ignore
        .sort((a, b) => a.different - b.different)
      take(words[0], 'label')
    }
  }
}

/**
 * The column that finds the most films by a role, if any. Different values count: films called 1.jpg and 2.jpg do not make
 * a column of 1s and 0s one of names. Rows may be numbered as films are called, and not mean them: a column of other
 * names comes before one of bare numbers, unless it finds less than half as many.
 */
function likeliestKey(
  columns: readonly { readonly at: number; readonly values: readonly string[] }[],
  role: KeyRole,
  finder: FindFilm,
) {
  const keys = columns.map(({ at, values }) => {
    const { find } = role === 'film' ? belowForeignFolders(finder, values) : { find: finder }
    const found = new Set(values.filter((cell) => find(cell).kind === 'found'))
    return { at, role, found: found.size, isNumbers: [...found].every((cell) => /^\d+$/.test(cell.trim())) } // prettier-ignore
  })
  const most = Math.max(0, ...keys.map(({ found }) => found))
  return keys
    .filter(({ found }) => found > 0 && found >= most / 2)
    .sort((a, b) => Number(a.isNumbers) - Number(b.isNumbers) || b.found - a.found)
    .slice(0, 1)
}

/** The first whose few words stand on most rows, else the first: «y» may be a class, or a place beside «Target». */
function likeliestLabel<T extends { readonly values: readonly string[] }>(
  columns: readonly T[],
  rows: number,
): T | undefined {
  const isUsual = ({ values }: T) => values.length > rows / 2 && new Set(values).size <= mostLabels
  return columns.find(isUsual) ?? columns[0]
}

const isPart = (cell: string) => partOf(cell.trim()) !== undefined
const isMostlyPart = (values: readonly string[]) => shareOf(values, isPart) >= 0.5
const isFlags = (values: readonly string[]) =>
  values.length > 0 &&
  shareOf(values, (cell) => flagOf(cell) !== undefined || isUncertain(cell)) >= 0.7

function shareOf(values: readonly string[], test: (cell: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length
}
