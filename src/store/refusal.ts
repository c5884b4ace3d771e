import { z } from 'zod'
import { Refusal } from '../shared/domain/film.ts'
import type { Database } from './database.ts'
import { row } from './row.ts'

const RefusalRow = row(Refusal)

export function refusalStore(database: Database) {
  const insert =
    database.prepare(`INSERT INTO refusal (dataset_id, position, path, code, reason, line)
    VALUES (:datasetId, :position, :path, :code, :reason, :line)`)
  const ofDataset = database.prepare(`SELECT path, code, reason, line FROM refusal
    WHERE dataset_id = :datasetId ORDER BY position`)
  return {
    insert(datasetId: string, refusals: readonly Refusal[]) {
      refusals.forEach(({ path, code, reason, line }, position) =>
        insert.run({ datasetId, position, path, code, reason, line }),
      )
    },
    ofDataset: (datasetId: string) => z.array(RefusalRow).parse(ofDataset.all({ datasetId })),
  }
}
