/** The part of a query that an ImageFilter stands for. */
import { untold, type ImageFilter } from '../shared/domain/dataset.ts'

/** Films that have any of the values in a column that holds a list; few lists are different ones, and each is read once. */
const anyOf = (column: 'flags' | 'tags') =>
  `image.${column} IN (SELECT list FROM (SELECT DISTINCT ${column} AS list FROM image
      WHERE dataset_id = :datasetId AND ${column} <> '[]')
    WHERE EXISTS (SELECT 1 FROM json_each(list) AS own
      WHERE own.value IN (SELECT value FROM json_each(:${column}))))`

const conditions = {
  classes: 'class_name IN (SELECT value FROM json_each(:classes))',
  parts: `coalesce(part, 'unassigned') IN (SELECT value FROM json_each(:parts))`,
  sizes: 'size IN (SELECT value FROM json_each(:sizes))',
  perPatient: 'per_patient IN (SELECT value FROM json_each(:perPatient))',
  ages: `coalesce(age_band, '${untold}') IN (SELECT value FROM json_each(:ages))`,
  views: `coalesce(view_position, '${untold}') IN (SELECT value FROM json_each(:views))`,
  flags: anyOf('flags'),
  tags: anyOf('tags'),
  excluded: 'excluded = :excluded',
  copies: 'copied = :copies',
  patient: 'patient = :patient',
  search: `(file_name LIKE :search ESCAPE '\\' OR patient LIKE :search ESCAPE '\\'
    OR image.note LIKE :search ESCAPE '\\')`,
} as const
type Condition = keyof typeof conditions
export type FilterParameters = Partial<Record<Condition, string | boolean>>

/**
 * Films of `:datasetId` under the conditions that have a parameter: a text for each choice of conditions, so that a
 * question asks no more of each row than it must, and an index can answer it.
 */
export function fits(parameters: FilterParameters): string {
  const asked = Object.entries(conditions).flatMap(([name, condition]) =>
    name in parameters ? [condition] : [],
  )
  return ['dataset_id = :datasetId', ...asked].join(' AND ')
}

/** What is not asked for is left out; an empty list means all, as an absent one does. */
export function filterParameters(filter: ImageFilter): FilterParameters {
  const { excluded, patient } = filter
  const text = filter.search?.trim()
  return {
    ...list('classes', filter.classes),
    ...list('parts', filter.parts),
    ...list('sizes', filter.sizes),
    ...list('perPatient', filter.perPatient),
    ...list('ages', filter.ages),
    ...list('views', filter.views),
    ...list('flags', filter.flags),
    ...list('tags', filter.tags),
    ...(excluded !== undefined && { excluded }),
    ...(filter.copies === true && { copies: true }),
    ...(patient !== undefined && { patient }),
    ...(text && { search: `%${text.replace(/[\\%_]/g, '\\$&')}%` }),
  }
}

const list = (name: Condition, values: readonly string[] | undefined): FilterParameters =>
  values && values.length > 0 ? { [name]: JSON.stringify(values) } : {}
