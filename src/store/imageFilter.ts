/** The part of a query that an ImageFilter stands for. */
import type { ImageFilter } from '../shared/domain/dataset.ts'

/** Shortest side, as facets name it. */
export const sizeOf = `CASE WHEN min(rows, columns) < 512 THEN 'small'
  WHEN min(rows, columns) < 1024 THEN 'medium'
  WHEN min(rows, columns) < 2048 THEN 'large' ELSE 'full' END`

const conditions = {
  classes: 'class_name IN (SELECT value FROM json_each(:classes))',
  parts: `coalesce(part, 'unassigned') IN (SELECT value FROM json_each(:parts))`,
  sizes: `${sizeOf} IN (SELECT value FROM json_each(:sizes))`,
  tags: `image.tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(image.tags) AS own
    WHERE own.value IN (SELECT value FROM json_each(:tags)))`,
  excluded: 'excluded = :excluded',
  /** `:copies` is a list of the pixel hashes that more than one film of the data set has. */
  copies: 'pixel_hash IN (SELECT value FROM json_each(:copies))',
  patient: 'patient = :patient',
  search: `(file_name LIKE :search ESCAPE '\\' OR patient LIKE :search ESCAPE '\\')`,
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

/** What is not asked for is left out; an empty list means all, as an absent one does. `copies` finds the list that its condition takes. */
export function filterParameters(filter: ImageFilter, copies: () => string): FilterParameters {
  const { classes, parts, sizes, tags, excluded, patient } = filter
  const text = filter.search?.trim()
  return {
    ...list('classes', classes),
    ...list('parts', parts),
    ...list('sizes', sizes),
    ...list('tags', tags),
    ...(excluded !== undefined && { excluded }),
    ...(filter.copies === true && { copies: copies() }),
    ...(patient !== undefined && { patient }),
    ...(text && { search: `%${text.replace(/[\\%_]/g, '\\$&')}%` }),
  }
}

const list = (name: Condition, values: readonly string[] | undefined): FilterParameters =>
  values && values.length > 0 ? { [name]: JSON.stringify(values) } : {}

/** The parameters but one. */
export const without = (parameters: FilterParameters, name: Condition): FilterParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name))
