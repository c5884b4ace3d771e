import { z } from 'zod'
import { alphabetically } from '../shared/alphabetically.ts'
import type { ClassCount } from '../shared/domain/dataset.ts'
import type { Database } from './database.ts'
import { perPatientOf } from './facetColumns.ts'

const CountRow = z.object({
  className: z.string(),
  part: z.enum(['train', 'validation', 'test', 'unassigned']),
  films: z.int(),
})

/** Brings what a data set says of its films up to date; excluded films do not count. */
export function recount(database: Database, datasetId: string): void {
  const rows = z.array(CountRow).parse(
    database
      .prepare(
        `SELECT class_name AS className, coalesce(part, 'unassigned') AS part, count(*) AS films
        FROM image WHERE dataset_id = :datasetId AND excluded = 0 AND class_name IS NOT NULL
        GROUP BY class_name, image.part`,
      )
      .all({ datasetId }),
  )
  // In alphabetical order, which is the order of the labels.
  const classes = [...new Set(rows.map(({ className }) => className))].sort(alphabetically)
  const counts = classes.map((className): ClassCount => {
    const count = { className, train: 0, validation: 0, test: 0, unassigned: 0 }
    for (const row of rows) if (row.className === className) count[row.part] = row.films
    return count
  })
  database
    .prepare(
      `UPDATE dataset SET classes = :classes, counts = :counts,
      patients = (SELECT count(*) FROM (SELECT DISTINCT patient FROM image
        WHERE dataset_id = :datasetId AND excluded = 0)),
      duplicates = (SELECT count(*) FROM image WHERE dataset_id = :datasetId AND excluded = 0)
        - (SELECT count(*) FROM (SELECT DISTINCT pixel_hash FROM image
          WHERE dataset_id = :datasetId AND excluded = 0))
      WHERE id = :datasetId`,
    )
    .run({ datasetId, classes: JSON.stringify(classes), counts: JSON.stringify(counts) })
}

/** Has every film tell how many films of its patient there are in the data set. */
export function countPatients(database: Database, datasetId: string): void {
  database
    .prepare(
      `UPDATE image SET per_patient = band
      FROM (SELECT patient AS of_patient, ${perPatientOf('count(*)')} AS band FROM image
        WHERE dataset_id = :datasetId GROUP BY patient)
      WHERE dataset_id = :datasetId AND patient = of_patient AND per_patient <> band`,
    )
    .run({ datasetId })
}

/** Has every film tell whether another one of the data set has the same pixels. */
export function markCopies(database: Database, datasetId: string): void {
  database
    .prepare(
      `UPDATE image SET copied = 1 WHERE dataset_id = :datasetId AND copied = 0 AND pixel_hash IN
      (SELECT pixel_hash FROM image WHERE dataset_id = :datasetId
        GROUP BY pixel_hash HAVING count(*) > 1)`,
    )
    .run({ datasetId })
}
