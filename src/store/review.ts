import { z } from 'zod'
import { OutsideReason } from '../shared/domain/envelope.ts'
import { ImageRow } from '../shared/domain/dataset.ts'
import { DicomFacts } from '../shared/domain/dicom.ts'
import { Reading, Verdict, type WorklistItem } from '../shared/domain/review.ts'
import type { Database } from './database.ts'
import { flag, json, row } from './row.ts'

const ItemRow = row(
  ImageRow.extend({
    synthetic: flag,
    turned: flag,
    verdict: Verdict.optional(),
    note: z.string().optional(),
    dicom: json(DicomFacts).optional(),
    probabilities: json(z.array(z.number())).optional(),
    outside: json(z.array(OutsideReason)).optional(),
    predictedAt: z.string().optional(),
  }),
)

const ReadingRow = row(Reading.extend({ scoreSeen: flag }))

/** The films laid out for reading, and what readers said of them. Verdicts go by film content. */
export function reviewStore(database: Database) {
  const selectItems = `SELECT image.id, file_name AS fileName, class_name AS className,
    part, patient, rows, columns, bytes, synthetic, verdict, verdict.note, probabilities, outside, dicom,
    prediction.created_at AS predictedAt, turned_film.file_hash IS NOT NULL AS turned
    FROM worklist JOIN image ON image.id = image_id
    LEFT JOIN verdict ON verdict.file_hash = image.file_hash
    LEFT JOIN prediction ON prediction.file_hash = image.file_hash AND model_id = :modelId
    LEFT JOIN turned_film ON turned_film.file_hash = image.file_hash`
  const items = database.prepare(`${selectItems} ORDER BY worklist.position`)
  const item = database.prepare(`${selectItems} WHERE image_id = :imageId`)
  const imageIds = database.prepare('SELECT image_id AS id FROM worklist ORDER BY position')
  const add = database.prepare('INSERT OR IGNORE INTO worklist (image_id) VALUES (:imageId)')
  const remove = database.prepare('DELETE FROM worklist WHERE image_id = :imageId')
  const forgetFilm = database.prepare(
    `DELETE FROM image WHERE id = :imageId AND dataset_id IS NULL`,
  )
  const writeVerdict = database.prepare(`INSERT INTO verdict (file_hash, verdict, decided_at)
    SELECT file_hash, :verdict, :decidedAt FROM image WHERE id = :imageId
    ON CONFLICT (file_hash) DO UPDATE SET verdict = excluded.verdict,
    decided_at = excluded.decided_at`)
  const writeNote = database.prepare(`INSERT INTO verdict (file_hash, note, decided_at)
    SELECT file_hash, :note, :decidedAt FROM image WHERE id = :imageId
    ON CONFLICT (file_hash) DO UPDATE SET note = excluded.note`)
  const addReading = database.prepare(`INSERT INTO reading
    (file_hash, verdict, seconds, decided_at, score_seen)
    SELECT file_hash, :verdict, :seconds, :decidedAt, :scoreSeen FROM image WHERE id = :imageId`)
  const readings = database.prepare(`SELECT verdict, seconds, decided_at AS decidedAt,
    score_seen AS scoreSeen FROM reading JOIN image USING (file_hash)
    WHERE image.id = :imageId ORDER BY reading.id`)
  const forgetNewest = database.prepare(`DELETE FROM reading WHERE id = (SELECT max(reading.id)
    FROM reading JOIN image USING (file_hash) WHERE image.id = :imageId)`)

  const readingsOf = (imageId: string): Reading[] =>
    z.array(ReadingRow).parse(readings.all({ imageId }))

  function toItem(found: z.output<typeof ItemRow>, modelId: string | undefined): WorklistItem {
    const { verdict, note, probabilities, outside, predictedAt, dicom, turned, ...image } = found
    const prediction =
      modelId && probabilities && predictedAt
        ? {
            ...{ imageId: image.id, modelId, probabilities, createdAt: predictedAt },
            ...(outside && { outside }),
          }
        : undefined
    return { image, prediction, turned, verdict, note, dicom }
  }
  return {
    /** In the order in which they were opened, with the scores of one model. */
    items: (modelId: string | undefined): WorklistItem[] =>
      z
        .array(ItemRow)
        .parse(items.all({ modelId }))
        .map((found) => toItem(found, modelId)),
    /** Undefined for a film that is not on the list. */
    item: (imageId: string, modelId: string | undefined): WorklistItem | undefined => {
      const found = item.get({ imageId, modelId })
      return found === undefined ? undefined : toItem(ItemRow.parse(found), modelId)
    },
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
    /** Every verdict on a film in the order in which it was given; the last one stands. */
    readings: readingsOf,
    decide: (imageId: string, { verdict, seconds, decidedAt, scoreSeen }: Reading) =>
      database.transaction(() => {
        addReading.run({ imageId, verdict, seconds, decidedAt, scoreSeen })
        writeVerdict.run({ imageId, verdict, decidedAt })
      }),
    /** Forgets the newest verdict; the one before stands again, and is returned. */
    takeBack: (imageId: string): Reading | undefined =>
      database.transaction(() => {
        forgetNewest.run({ imageId })
        const before = readingsOf(imageId).at(-1)
        writeVerdict.run({
          imageId,
          verdict: before?.verdict,
          decidedAt: before?.decidedAt ?? new Date().toISOString(),
        })
        return before
      }),
    note: (imageId: string, note: string, decidedAt: string) =>
      void writeNote.run({ imageId, note, decidedAt }),
  }
}
