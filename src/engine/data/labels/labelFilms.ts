/** A survey of a folder with what a table says of its films. */
import { dirname } from 'node:path'
import { alphabetically } from '../../../shared/alphabetically.ts'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../../../shared/domain/film.ts'
import {
  keyRoles,
  type ColumnRole,
  type KeyRole,
  type LabelOrder,
} from '../../../shared/domain/labelTable.ts'
import { AppError } from '../../../shared/errors.ts'
import { filmFinder, shortened, type ListedFilm } from './findFilm.ts'
import { belowForeignFolders } from './foreignFolders.ts'
import { guessRoles } from './guessRoles.ts'
import { rowReader } from './rowReader.ts'
import { readTable, type Table } from './readTable.ts'
import type { TableRow } from './parseTable.ts'

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
  const folder = { root: base.root, films, refused: others, tableFolder: dirname(order.file) }
  const finder = (role: KeyRole) => filmFinder(role, folder)
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
  const { labels, say } = rowReader(table, roles, order.classes)

  const said = new Map<string, { readonly line: number; readonly film: SurveyedFilm }>()
  const named = new Set<string>()
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
    for (const { film } of found.films) named.add(film.path)
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
    for (const { film, dicom } of found.films) {
      const patient = keyRole === 'patientId' && !dicom && { patient: row.cells[key]!.trim() }
      said.set(film.path, { line: row.line, film: { ...film, ...patient, ...what.film, line: row.line } }) // prettier-ignore
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
      unlisted: films.length - named.size,
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
