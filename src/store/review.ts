import { z } from 'zod'
import { ImageRow } from '../shared/domain/dataset.ts'
import { Verdict, type WorklistItem } from '../shared/domain/review.ts'
import type { Database } from './database.ts'
import { flag, json, row } from './row.ts'

const ItemRow = row(
  ImageRow.extend({
    synthetic: flag,
    verdict: Verdict.optional(),
    note: z.string().optional(),
    probabilities: json(z.array(z.number())).optional(),
    predictedAt: z.string().optional(),
  }),
)

/** The films laid out for reading, and what readers said of them. Verdicts go by film content. */
export function reviewStore(database: Database) {
  const items = database.prepare(`SELECT image.id, file_name AS fileName, class_name AS className,
    part, patient, rows, columns, bytes, synthetic, verdict, note, probabilities,
    prediction.created_at AS predictedAt
    FROM worklist JOIN image ON image.id = image_id
    LEFT JOIN verdict ON verdict.file_hash = image.file_hash
    LEFT JOIN prediction ON prediction.file_hash = image.file_hash AND model_id = :modelId
    ORDER BY worklist.position`)
  const imageIds = database.prepare('SELECT image_id AS id FROM worklist ORDER BY position')
  const add = database.prepare('INSERT OR IGNORE INTO worklist (image_id) VALUES (:imageId)')
  const remove = database.prepare('DELETE FROM worklist WHERE image_id = :imageId')
  const forgetFilm = database.prepare(
    `DELETE FROM image WHERE id = :imageId AND dataset_id IS NULL`,
  )
  const decide = database.prepare(`INSERT INTO verdict (file_hash, verdict, note, decided_at)
    SELECT file_hash, :verdict, :note, :decidedAt FROM image WHERE id = :imageId
    ON CONFLICT (file_hash) DO UPDATE SET verdict = excluded.verdict,
    note = coalesce(excluded.note, note), decided_at = excluded.decided_at`)

  function toItem(found: z.output<typeof ItemRow>, modelId: string | undefined): WorklistItem {
    const { verdict, note, probabilities, predictedAt, ...image } = found
    const prediction =
      modelId && probabilities && predictedAt
        ? { imageId: image.id, modelId, probabilities, createdAt: predictedAt }
        : undefined
    return { image, prediction, verdict, note }
  }
  return {
    /** In the order in which they were opened, with the scores of one model. */
    items: (modelId: string | undefined): WorklistItem[] =>
      z
        .array(ItemRow)
        .parse(items.all({ modelId }))
        .map((found) => toItem(found, modelId)),
    imageIds: (): string[] =>
      z
        .array(z.object({ id: z.string() }))
        .parse(imageIds.all())
        .map(({ id }) => id),
    /** Whether it was not on the list yet. */
    add: (imageId: string): boolean => add.run({ imageId }) > 0,
    /** A film that belongs to no data set leaves the library with it; its verdict stays. */
    remove: (ids: readonly string[]) =>
      database.transaction(() => {
        for (const imageId of ids) {
          remove.run({ imageId })
          forgetFilm.run({ imageId })
        }
      }),
    /** A note left out stays as it was. */
    decide: (
      imageId: string,
      verdict: Verdict | null,
      note: string | undefined,
      decidedAt: string,
    ) => void decide.run({ imageId, verdict, note, decidedAt }),
  }
}
