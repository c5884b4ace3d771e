import { z } from 'zod'
import { OutsideReason } from '../shared/domain/envelope.ts'
import type { Prediction } from '../shared/domain/model.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const PredictionRow = z.object({
  probabilities: json(z.array(z.number())),
  outside: json(z.array(OutsideReason)).nullable(),
  createdAt: z.string(),
})

const ScoreRow = z.object({ fileHash: z.string(), probabilities: json(z.array(z.number())) })

/** Scores by film content and model, so that a film opened under another name keeps its score. */
export function predictionStore(database: Database) {
  const ofImage =
    database.prepare(`SELECT probabilities, outside, prediction.created_at AS createdAt
    FROM prediction JOIN image USING (file_hash)
    WHERE image.id = :imageId AND model_id = :modelId`)
  const ofModel = database.prepare(
    'SELECT file_hash AS fileHash, probabilities FROM prediction WHERE model_id = :modelId',
  )
  const insert = database.prepare(`INSERT OR REPLACE INTO prediction
    (file_hash, model_id, probabilities, outside, created_at)
    SELECT file_hash, :modelId, :probabilities, :outside, :createdAt FROM image WHERE id = :imageId`)
  const forget = database.prepare(`DELETE FROM prediction
    WHERE file_hash = (SELECT file_hash FROM image WHERE id = :imageId)`)
  return {
    find(imageId: string, modelId: string): Prediction | undefined {
      const found = PredictionRow.optional().parse(ofImage.get({ imageId, modelId }) ?? undefined)
      if (!found) return undefined
      const { outside, ...score } = found
      return { imageId, modelId, ...score, ...(outside && { outside }) }
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
    /** Of every model: the film is read otherwise from now on. */
    forget: (imageId: string) => void forget.run({ imageId }),
    insert: ({ imageId, modelId, probabilities, outside, createdAt }: Prediction) =>
      void insert.run({
        imageId,
        modelId,
        probabilities: JSON.stringify(probabilities),
        outside: outside ? JSON.stringify(outside) : null,
        createdAt,
      }),
  }
}
