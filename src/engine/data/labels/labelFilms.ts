/** A survey of a folder with what a table says of its films. */
import { alphabetically } from '../../../shared/alphabetically.ts'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../../../shared/domain/film.ts'
import {
  keyRoles,
  type ColumnRole,
  type LabelOrder,
  type LabelReading,
} from '../../../shared/domain/labelTable.ts'
import { AppError } from '../../../shared/errors.ts'
import { partOf } from '../layout.ts'
import { filmFinder, shortened, type ListedFilm } from './findFilm.ts'
import { belowForeignFolders } from './foreignFolders.ts'
import { guessRoles } from './guessRoles.ts'
import { ageOf, flagOf, foldLabel, labelsOf, saysNothing, severalLabels } from './labelValues.ts'
import { readTable, type Table } from './readTable.ts'
import type { TableRow } from './parseTable.ts'

/** What a row says of its films, or why it says nothing. */
type Said =
  | { readonly kind: 'said'; readonly film: Partial<SurveyedFilm>; readonly ageUnread: boolean }
  | { readonly kind: 'wrong'; readonly code: string; readonly reason: string }

/**
 * Films that the table names, in the folder's order, with class, part, patient, age and view as it says; films that it
 * does not name are left out. Rows that cannot be followed are refused with their line. Throws what `readTable`
 * throws, and BAD_INPUT for roles that do not fit.
 */
export async function labelFilms(
  base: FolderSurvey,
  films: readonly ListedFilm[],
  order: LabelOrder,
): Promise<FolderSurvey> {
  const table = await readTable(order.file, order.encoding)
  const others = base.refused.filter(({ path }) => path !== order.file)
  const finder = (role: (typeof keyRoles)[number]) => filmFinder(role, base.root, films, others)
  const finders = { film: finder('film'), sop: finder('sop'), study: finder('study'), patientId: finder('patientId') } // prettier-ignore
  const roles = checkedRoles(order.roles ?? guessRoles(table, finders), table)
  const key = roles.findIndex((role) => keyRoles.some((each) => each === role))
  const keyRole = keyRoles.find((role) => role === roles[key])!
  const { find, below } =
    keyRole === 'film'
      ? belowForeignFolders(
          finders.film,
          table.rows.map(({ cells }) => cells[key] ?? ''),
        )
      : { find: finders[keyRole] }
  const labels = labelsIn(table, roles, order.classes)
  const say = rowReader(table, roles, labels)

  const said = new Map<string, { readonly line: number; readonly film: SurveyedFilm }>()
  const refused: Refusal[] = []
  let agesUnread = 0
  for (const row of table.rows) {
    const refuse = (code: string, reason: string) =>
      refused.push({ path: order.file, code, line: row.line, reason: `line ${row.line}: ${reason}` }) // prettier-ignore
    const problem = row.problem ?? misfit(row, roles, table.names)
    if (problem !== undefined) {
      refuse('DAMAGED', problem)
      continue
    }
    const found = find(row.cells[key] ?? '')
    if (found.kind === 'missing') {
      refuse(found.code, found.reason)
      continue
    }
    const what = say(row)
    if (what.kind === 'wrong') {
      refuse(what.code, what.reason)
      continue
    }
    const earlier = found.films.flatMap(({ film }) => said.get(film.path) ?? [])[0]
    if (earlier) {
      const same = earlier.film.className === (what.film.className ?? earlier.film.className)
      refuse('CONFLICT', same
        ? `its film is named on line ${earlier.line} already`
        : `its film is «${earlier.film.className ?? ''}» on line ${earlier.line} and «${what.film.className ?? ''}» here; the first counts`) // prettier-ignore
      continue
    }
    if (what.ageUnread) agesUnread++
    for (const { film } of found.films) {
      said.set(film.path, { line: row.line, film: { ...film, ...what.film, line: row.line } })
    }
  }
  const taken = films.flatMap(({ film }) => said.get(film.path)?.film ?? [])
  const classes = new Set(taken.flatMap(({ className }) => className ?? []))
  return {
    ...base,
    layout: 'table',
    films: taken,
    classes: [...classes].sort(alphabetically),
    refused: [...others.filter(({ code }) => code === 'NOT_PERMITTED'), ...refused],
    ...(roles.includes('patient') && {
      patientRule: `one patient is one value of «${table.names[roles.indexOf('patient')]!}» in the table`,
    }),
    labels: {
      ...{ file: order.file, encoding: table.encoding, delimiter: table.delimiter },
      ...{ header: table.header, rows: table.rows.length, labels, agesUnread },
      columns: table.names.map((name, at) => ({ name, role: roles[at]!, samples: samples(table, at) })), // prettier-ignore
      ...(below !== undefined && { below }),
      unlisted: films.length - taken.length,
    },
  }
}

function checkedRoles(roles: readonly ColumnRole[], { names, file }: Table): ColumnRole[] {
  const bad = (reason: string) => new AppError('BAD_INPUT', `${file}: ${reason}`)
  const full = names.map((_, at) => roles[at] ?? 'none')
  const count = (...wanted: ColumnRole[]) => full.filter((role) => wanted.includes(role)).length
  if (count(...keyRoles) !== 1) throw bad('one column names the films: by file, or by a DICOM id')
  for (const role of ['label', 'patient', 'part', 'age', 'view'] as const) {
    if (count(role) > 1) throw bad(`only one column can be the ${role}`)
  }
  if (count('label') > 0 && count('flag') > 0) throw bad('the class is in one column of words or in columns of 0 and 1, not in both') // prettier-ignore
  if (count('flag') === 1) throw bad('classes in columns of 0 and 1 need two such columns or more')
  return full
}

/** A cell that matters and cannot be trusted, or cells that no column heads. */
function misfit(
  { cells, stray }: TableRow,
  roles: readonly ColumnRole[],
  names: readonly string[],
) {
  const beyond = cells.slice(names.length).some((cell) => cell.trim() !== '')
  if (beyond) return `it has ${cells.length} cells, the table ${names.length} columns: put quotes around cells with the delimiter in them` // prettier-ignore
  const torn = stray.find((column) => roles[column] !== 'none')
  return torn === undefined ? undefined : `a quote stands inside «${shortened(cells[torn]!)}»: put quotes around the whole cell, and write the inner one twice` // prettier-ignore
}

function labelsIn(
  { rows, names }: Table,
  roles: readonly ColumnRole[],
  chosen: readonly string[] | undefined,
): LabelReading['labels'] {
  const column = roles.indexOf('label')
  if (column >= 0) return labelsOf(rows.map(({ cells }) => cells[column] ?? ''), chosen) // prettier-ignore
  return roles.flatMap((role, at) => {
    if (role !== 'flag') return []
    const count = rows.filter(({ cells }) => flagOf(cells[at] ?? '') === true).length
    const taken = !chosen || chosen.some((name) => foldLabel(name) === foldLabel(names[at]!))
    return [{ name: names[at]!, rows: count, taken }]
  })
}

function rowReader({ names }: Table, roles: readonly ColumnRole[], labels: LabelReading['labels']) {
  const byFold = new Map(labels.map((label) => [foldLabel(label.name), label]))
  const flags = roles.flatMap((role, at) => (role === 'flag' ? [at] : []))
  const at = (role: ColumnRole) => roles.indexOf(role)
  const wrong = (code: string, reason: string): Said => ({ kind: 'wrong', code, reason })

  function classIn({ cells }: TableRow): Said | string | undefined {
    if (flags.length > 0) return classOfFlags(cells)
    if (at('label') < 0) return undefined
    const cell = cells[at('label')] ?? ''
    if (saysNothing(cell)) return wrong('BAD_INPUT', cell.trim() === '' ? 'it has no label' : `its label «${shortened(cell)}» says nothing`) // prettier-ignore
    const label = byFold.get(foldLabel(cell))!
    const several = severalLabels(cell).map((part) => byFold.get(foldLabel(part)))
    if (several.length > 1 && several.every((part) => part !== undefined)) {
      return wrong('UNSUPPORTED', `it has several labels («${shortened(cell)}»): a film is of one class`) // prettier-ignore
    }
    if (label.taken) return label.name
    return wrong('BAD_INPUT', `its label «${shortened(cell)}», on ${label.rows === 1 ? 'this row alone' : `${label.rows} rows`}, is none of the classes taken`) // prettier-ignore
  }

  function classOfFlags(cells: readonly string[]): Said | string {
    const odd = flags.find((column) => flagOf(cells[column] ?? '') === undefined)
    if (odd !== undefined) return wrong('BAD_INPUT', `«${shortened(cells[odd]!)}» in the column «${names[odd]!}» is neither 0 nor 1`) // prettier-ignore
    const set = flags.filter((column) => flagOf(cells[column] ?? '') === true).map((column) => names[column]!) // prettier-ignore
    if (set.length > 1) return wrong('UNSUPPORTED', `several classes are set (${set.join(', ')}): a film is of one class`) // prettier-ignore
    if (set.length === 0) return wrong('BAD_INPUT', 'no class is set')
    if (byFold.get(foldLabel(set[0]!))!.taken) return set[0]!
    return wrong('BAD_INPUT', `its class «${set[0]!}» is none of the classes taken`)
  }

  return (row: TableRow): Said => {
    const className = classIn(row)
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
}

/** The first few different values. */
function samples({ rows }: Table, column: number): string[] {
  const found = new Set<string>()
  for (const { cells } of rows) {
    const cell = cells[column]?.trim()
    if (cell) found.add(shortened(cell))
    if (found.size === 4) break
  }
  return [...found]
}
