/** A table of labels as the command names it, and how it was read, in words. */
import { ColumnRole, type LabelOrder, type LabelReading } from '../shared/domain/labelTable.ts'
import { TableEncoding } from '../shared/domain/tableEncoding.ts'
import { existingPath } from './paths.ts'
import { grouped, table } from './table.ts'
import { UsageError } from './usageError.ts'
import type { OptionSpec } from './verb.ts'

const roles = ColumnRole.options.filter((role) => role !== 'none')

export const labelOptions: Readonly<Record<string, OptionSpec>> = {
  labels: { type: 'string', value: 'CSV', help: 'a table that names the films and their classes' },
  encoding: {
    type: 'string',
    value: 'NAME',
    help: 'how its text is encoded, instead of a guess: windows-1251, shift_jis, gb18030, macintosh …',
  },
  columns: {
    type: 'string',
    value: 'ROLES',
    help: `the role of each column from the left, instead of a guess: ${roles.join(', ')}, none`,
  },
  classes: { type: 'string', value: 'A,B', help: 'the labels to take; rows with none of them, or with two, are refused' }, // prettier-ignore
}

interface Chosen {
  readonly labels?: string | undefined
  readonly encoding?: string | undefined
  readonly columns?: string | undefined
  readonly classes?: string | undefined
}

/** Undefined without a table. Throws UsageError for a table that is not there and for words that are no roles. */
export async function labelOrder({
  labels,
  encoding,
  columns,
  classes,
}: Chosen): Promise<LabelOrder | undefined> {
  if (labels === undefined) {
    if ([encoding, columns, classes].every((option) => option === undefined)) return undefined
    throw new UsageError('--encoding, --columns and --classes say how to read a table: name it with --labels') // prettier-ignore
  }
  return {
    file: await existingPath(labels),
    ...(encoding !== undefined && { encoding: encodingNamed(encoding) }),
    ...(columns !== undefined && { roles: columns.split(',').map(roleNamed) }),
    ...(classes !== undefined && { classes: classes.split(',').map((name) => name.trim()) }),
  }
}

function roleNamed(word: string): ColumnRole {
  const role = ColumnRole.safeParse(word.trim())
  if (role.success) return role.data
  throw new UsageError(`--columns: «${word.trim()}» is no role (${ColumnRole.options.join(', ')})`)
}

/** As the Encoding Standard knows it by any of its labels: `cp1251` is Windows-1251, `gbk` a part of GB18030. */
function encodingNamed(word: string): TableEncoding {
  const wanted = canonical(word)
  const found = TableEncoding.options.find((name) => canonical(name) === wanted)
  if (found) return found
  throw new UsageError(`--encoding: «${word}» is none that can be read (${TableEncoding.options.join(', ')})`) // prettier-ignore
}

function canonical(word: string): string {
  const label = word.replace(/\s/g, '').toLowerCase()
  try {
    return new TextDecoder(label).encoding.replace(/^gbk$/, 'gb18030')
  } catch {
    return label
  }
}

const delimiterNames = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const

/** How the table was read, for a person who may correct it. */
export function describeLabels(reading: LabelReading): string {
  const { encoding, delimiter, header, rows, columns, labels, below, unlisted, agesUnread } =
    reading
  const lines = [
    `Table: ${grouped(rows)} rows, ${encoding}, ${delimiterNames[delimiter]}, ${header ? 'with' : 'without'} a header`,
    table(
      ['Column', 'Taken as', 'Values'],
      columns.map(({ name, role, samples }) => [name, role, samples.join(', ').slice(0, 60)]),
    ),
    `Labels: ${labels.map(({ name, rows: on, taken }) => `${name} (${grouped(on)}${taken ? '' : ', refused'})`).join(', ') || 'none'}`, // prettier-ignore
  ]
  if (below !== undefined) lines.push(`Films are looked for without «${below}», which their names begin with`) // prettier-ignore
  if (unlisted > 0)
    lines.push(`${grouped(unlisted)} films of the folder are in no row and left out`)
  if (agesUnread > 0) lines.push(`${grouped(agesUnread)} ages are none; their films are taken without one`) // prettier-ignore
  return lines.join('\n')
}
