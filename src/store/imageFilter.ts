/** The part of a query that an ImageFilter stands for. */
import type { ImageFilter } from '../shared/domain/dataset.ts'
import type { Parameters } from './database.ts'

/** Shortest side, as facets name it. */
export const sizeOf = `CASE WHEN min(rows, columns) < 512 THEN 'small'
  WHEN min(rows, columns) < 1024 THEN 'medium'
  WHEN min(rows, columns) < 2048 THEN 'large' ELSE 'full' END`

export const isCopy = `pixel_hash IN (SELECT pixel_hash FROM image
  WHERE dataset_id = :datasetId GROUP BY pixel_hash HAVING count(*) > 1)`

/** Each condition falls away where its parameter is NULL, so one prepared statement serves every filter. */
const conditions = [
  '(:classes IS NULL OR class_name IN (SELECT value FROM json_each(:classes)))',
  `(:parts IS NULL OR
    coalesce(part, 'unassigned') IN (SELECT value FROM json_each(:parts)))`,
  `(:sizes IS NULL OR ${sizeOf} IN (SELECT value FROM json_each(:sizes)))`,
  `(:tags IS NULL OR (image.tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(image.tags) AS own
    WHERE own.value IN (SELECT value FROM json_each(:tags)))))`,
  '(:excluded IS NULL OR excluded = :excluded)',
  `(:copies IS NULL OR ${isCopy})`,
  '(:patient IS NULL OR patient = :patient)',
  `(:search IS NULL OR file_name LIKE :search ESCAPE '\\' OR patient LIKE :search ESCAPE '\\')`,
]

/** All of them, for films of `:datasetId`. */
export const fits = `dataset_id = :datasetId AND ${conditions.join(' AND ')}`

/** An empty list means all, as an absent one does. */
export function filterParameters(filter: ImageFilter): Parameters {
  const { classes, parts, sizes, tags, excluded, copies, patient, search } = filter
  const list = (values?: readonly string[]) =>
    values && values.length > 0 ? JSON.stringify(values) : null
  const text = search?.trim()
  return {
    ...{ classes: list(classes), parts: list(parts), sizes: list(sizes), tags: list(tags) },
    ...{ excluded: excluded ?? null, copies: copies === true ? true : null },
    patient: patient ?? null,
    search: text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null,
  }
}
