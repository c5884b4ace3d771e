import { z } from 'zod'
import { Refusal } from '../shared/domain/film.ts'
import type { Database } from './database.ts'

export function refusalStore(database: Database) {
  const insert = database.prepare(`INSERT INTO refusal (dataset_id, position, path, code, reason)
    VALUES (:datasetId, :position, :path, :code, :reason)`)
  const ofDataset = database.prepare(`SELECT path, code, reason FROM refusal
    WHERE dataset_id = :datasetId ORDER BY position`)
  return {
    insert(datasetId: string, refusals: readonly Refusal[]) {
      refusals.forEach(({ path, code, reason }, position) =>
        insert.run({ datasetId, position, path, code, reason }),
      )
    },
    ofDataset: (datasetId: string) => z.array(Refusal).parse(ofDataset.all({ datasetId })),
  }
}
