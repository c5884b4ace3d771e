import { z } from 'zod'
import type { Prediction } from '../shared/domain/model.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const PredictionRow = z.object({
  probabilities: json(z.array(z.number())),
  createdAt: z.string(),
})

const ScoreRow = z.object({ fileHash: z.string(), probabilities: json(z.array(z.number())) })

/** Scores by film content and model, so that a film opened under another name keeps its score. */
export function predictionStore(database: Database) {
  const ofImage = database.prepare(`SELECT probabilities, prediction.created_at AS createdAt
    FROM prediction JOIN image USING (file_hash)
    WHERE image.id = :imageId AND model_id = :modelId`)
  const ofModel = database.prepare(
    'SELECT file_hash AS fileHash, probabilities FROM prediction WHERE model_id = :modelId',
  )
  const insert = database.prepare(`INSERT OR REPLACE INTO prediction
    (file_hash, model_id, probabilities, created_at)
    SELECT file_hash, :modelId, :probabilities, :createdAt FROM image WHERE id = :imageId`)
  return {
    find(imageId: string, modelId: string): Prediction | undefined {
      const found = PredictionRow.optional().parse(ofImage.get({ imageId, modelId }) ?? undefined)
      return found && { imageId, modelId, ...found }
    },
    /** By image id: the probabilities of those that the model has scored. */
    ofImages(
      images: readonly { readonly id: string; readonly fileHash: string }[],
      modelId: string,
    ) {
      const rows = z.array(ScoreRow).parse(ofModel.all({ modelId }))
      const byHash = new Map(rows.map(({ fileHash, probabilities }) => [fileHash, probabilities]))
      return new Map(
        images.flatMap(({ id, fileHash }): [string, number[]][] => {
          const probabilities = byHash.get(fileHash)
          return probabilities ? [[id, probabilities]] : []
        }),
      )
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
