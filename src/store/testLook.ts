import { TestLooks } from '../shared/domain/testLook.ts'
import type { Database } from './database.ts'

/** How often figures of a data set's test films were made. Rows are only added. */
export function testLookStore(database: Database) {
  const insert = database.prepare(`INSERT INTO test_look
    (dataset_id, dataset_hash, model_id, at, occasion)
    VALUES (:datasetId, :datasetHash, :modelId, :at, :occasion)`)
  const count = database.prepare(`SELECT count(*) FILTER (WHERE model_id = :modelId) AS byModel,
    count(*) AS byAll, count(DISTINCT model_id) AS models
    FROM test_look WHERE dataset_hash = :datasetHash`)
  return {
    add: (look: {
      readonly datasetId: string
      readonly datasetHash: string
      readonly modelId: string
      readonly occasion: 'training' | 'score card' | 'evaluation'
    }) => void insert.run({ ...look, at: new Date().toISOString() }),
    count: (datasetHash: string, modelId: string): TestLooks =>
      TestLooks.parse(count.get({ datasetHash, modelId })),
  }
}
