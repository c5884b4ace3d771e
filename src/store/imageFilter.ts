/** The part of a query that an ImageFilter stands for. */
import type { ImageFilter } from '../shared/domain/dataset.ts'
import type { Parameters } from './database.ts'

/** Each condition falls away where its parameter is NULL, so one prepared statement serves every filter. */
export const inClasses = `(:classes IS NULL OR class_name IN (SELECT value FROM json_each(:classes)))`
export const inParts = `(:parts IS NULL OR
  coalesce(part, 'unassigned') IN (SELECT value FROM json_each(:parts)))`
export const found = `(:search IS NULL OR file_name LIKE :search ESCAPE '\\'
  OR patient LIKE :search ESCAPE '\\')`

/** An empty list means all, as an absent one does. */
export function filterParameters({ classes, parts, search }: ImageFilter): Parameters {
  const list = (values?: readonly string[]) =>
    values && values.length > 0 ? JSON.stringify(values) : null
  const text = search?.trim()
  return {
    classes: list(classes),
    parts: list(parts),
    search: text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null,
  }
}
