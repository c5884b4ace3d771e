/** A table of labels as the command names it, and how it was read, in words. */
import { ColumnRole, type LabelOrder, type LabelReading } from '../shared/domain/labelTable.ts'
import { existingPath } from './paths.ts'
import { grouped, table } from './table.ts'
import { UsageError } from './usageError.ts'
import type { OptionSpec } from './verb.ts'

const roles = ColumnRole.options.filter((role) => role !== 'none')

export const labelOptions: Readonly<Record<string, OptionSpec>> = {
  labels: { type: 'string', value: 'CSV', help: 'a table that names the films and their classes' },
  columns: {
    type: 'string',
    value: 'ROLES',
    help: `the role of each column from the left, instead of a guess: ${roles.join(', ')}, none`,
  },
  classes: { type: 'string', value: 'A,B', help: 'the labels to take; rows with another are refused' }, // prettier-ignore
}

interface Chosen {
  readonly labels?: string | undefined
  readonly columns?: string | undefined
  readonly classes?: string | undefined
}

/** Undefined without a table. Throws UsageError for a table that is not there and for words that are no roles. */
export async function labelOrder({
  labels,
  columns,
  classes,
}: Chosen): Promise<LabelOrder | undefined> {
  if (labels === undefined) {
    if (columns === undefined && classes === undefined) return undefined
    throw new UsageError('--columns and --classes say how to read a table: name it with --labels')
  }
  return {
    file: await existingPath(labels),
    ...(columns !== undefined && { roles: columns.split(',').map(roleNamed) }),
    ...(classes !== undefined && { classes: classes.split(',').map((name) => name.trim()) }),
  }
}

function roleNamed(word: string): ColumnRole {
  const role = ColumnRole.safeParse(word.trim())
  if (role.success) return role.data
  throw new UsageError(`--columns: «${word.trim()}» is no role (${ColumnRole.options.join(', ')})`)
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
