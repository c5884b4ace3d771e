import { z } from 'zod'
import type { Prediction } from '../shared/domain/model.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const PredictionRow = z.object({
  probabilities: json(z.array(z.number())),
  createdAt: z.string(),
})

/** Scores by film content and model, so that a film opened under another name keeps its score. */
export function predictionStore(database: Database) {
  const ofImage = database.prepare(`SELECT probabilities, prediction.created_at AS createdAt
    FROM prediction JOIN image USING (file_hash)
    WHERE image.id = :imageId AND model_id = :modelId`)
  const insert = database.prepare(`INSERT OR REPLACE INTO prediction
    (file_hash, model_id, probabilities, created_at)
    SELECT file_hash, :modelId, :probabilities, :createdAt FROM image WHERE id = :imageId`)
  return {
    find(imageId: string, modelId: string): Prediction | undefined {
      const found = PredictionRow.optional().parse(ofImage.get({ imageId, modelId }) ?? undefined)
      return found && { imageId, modelId, ...found }
    },
    insert: ({ imageId, modelId, probabilities, createdAt }: Prediction) =>
      void insert.run({
        imageId,
        modelId,
        probabilities: JSON.stringify(probabilities),
        createdAt,
      }),
  }
}
