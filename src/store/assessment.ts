import { z } from 'zod'
import { Assessment, AssessedFilm, type AssessedFilter } from '../shared/domain/assessment.ts'
import { ImageRow } from '../shared/domain/dataset.ts'
import { AppError } from '../shared/errors.ts'
import type { Database, Parameters } from './database.ts'
import { flag, json, row } from './row.ts'

const AssessmentRow = row(Assessment.extend({ internal: flag }))
const Probabilities = json(z.array(z.number()))
const FilmRow = row(
  ImageRow.extend({ synthetic: flag, label: z.int(), probabilities: Probabilities }),
).transform(({ label, probabilities, ...image }): AssessedFilm => ({ image, label, probabilities }))

/** A film with its score, as the figures take it. */
const ScoreRow = z.object({
  imageId: z.string(),
  label: z.int(),
  patient: z.string(),
  probabilities: Probabilities,
})

export type NewAssessment = Pick<
  Assessment,
  | 'id'
  | 'modelId'
  | 'datasetId'
  | 'part'
  | 'internal'
  | 'setHash'
  | 'datasetHash'
  | 'refused'
  | 'createdAt'
>

const columns = `assessment.id, model_id AS modelId, assessment.dataset_id AS datasetId,
  dataset.name AS datasetName, assessment.part, internal, set_hash AS setHash, dataset_hash AS datasetHash,
  assessment.refused, assessment.created_at AS createdAt,
  (SELECT count(*) FROM assessed_film WHERE assessment_id = assessment.id) AS films,
  (SELECT count(*) FROM assessed_film WHERE assessment_id = assessment.id AND label = 1) AS positives,
  (SELECT count(DISTINCT patient) FROM assessed_film JOIN image ON image.id = image_id
    WHERE assessment_id = assessment.id) AS patients
  FROM assessment JOIN dataset ON dataset.id = assessment.dataset_id`

const chosen = `assessment_id = :assessmentId AND (:label IS NULL OR label = :label)
  AND (:predicted IS NULL OR :predicted =
    CASE WHEN :threshold IS NULL THEN predicted ELSE score >= :threshold END)
  AND (:from IS NULL OR score >= :from) AND (:to IS NULL OR score <= :to)`

/** What models said of labelled films; one assessment for each model, data set and part, the latest. */
export function assessmentStore(database: Database) {
  const ofModel = database.prepare(
    `SELECT ${columns} WHERE model_id = :modelId ORDER BY internal DESC, assessment.created_at`,
  )
  const byId = database.prepare(`SELECT ${columns} WHERE assessment.id = :id`)
  const clear = database.prepare(
    'DELETE FROM assessment WHERE model_id = :modelId AND dataset_id = :datasetId AND part = :part',
  )
  const insert = database.prepare(`INSERT INTO assessment
    (id, model_id, dataset_id, part, internal, set_hash, dataset_hash, refused, created_at)
    VALUES (:id, :modelId, :datasetId, :part, :internal, :setHash, :datasetHash, :refused,
      :createdAt)`)
  const insertFilm = database.prepare(`INSERT INTO assessed_film
    (assessment_id, image_id, label, probabilities, score, predicted, own_score)
    VALUES (:assessmentId, :imageId, :label, :probabilities, :score, :predicted, :ownScore)`)
  const scores = database.prepare(`SELECT image_id AS imageId, label, patient, probabilities
    FROM assessed_film JOIN image ON image.id = image_id WHERE assessment_id = :id
    ORDER BY image_id`)
  const count = database.prepare(`SELECT count(*) AS count FROM assessed_film WHERE ${chosen}`)
  const page =
    database.prepare(`SELECT id, file_name AS fileName, class_name AS className, part, patient, rows,
    columns, bytes, synthetic, label, probabilities
    FROM assessed_film JOIN image ON image.id = image_id WHERE ${chosen}
    ORDER BY own_score, id LIMIT :limit OFFSET :offset`)

  const parametersOf = (filter: AssessedFilter): Parameters => ({
    ...{ assessmentId: filter.assessmentId, label: filter.label, predicted: filter.predicted },
    ...{ threshold: filter.threshold, from: filter.from, to: filter.to },
  })
  return {
    /** Internal ones first, then in the order in which they were made. */
    ofModel: (modelId: string) => z.array(AssessmentRow).parse(ofModel.all({ modelId })),
    /** Throws NOT_FOUND for an id that is not in the library. */
    get(id: string): Assessment {
      const found = AssessmentRow.optional().parse(byId.get({ id }) ?? undefined)
      if (!found) throw new AppError('NOT_FOUND', 'These scores are not in the library any more')
      return found
    },
    /** Takes the place of an earlier one of the same model, data set and part. */
    replace(
      assessment: NewAssessment,
      films: readonly { imageId: string; label: number; probabilities: readonly number[] }[],
    ): void {
      database.transaction(() => {
        const { modelId, datasetId, part } = assessment
        clear.run({ modelId, datasetId, part })
        insert.run({ ...assessment })
        for (const { imageId, label, probabilities } of films) {
          insertFilm.run({
            ...{ assessmentId: assessment.id, imageId, label },
            probabilities: JSON.stringify(probabilities),
            score: probabilities.at(-1),
            predicted: probabilities.indexOf(Math.max(...probabilities)),
            ownScore: probabilities[label],
          })
        }
      })
    },
    scores: (id: string) => z.array(ScoreRow).parse(scores.all({ id })),
    /** Most wrong first: by the probability of the film's own class. */
    page(filter: AssessedFilter, offset: number, limit: number) {
      const parameters = parametersOf(filter)
      const { count: total } = z.object({ count: z.int() }).parse(count.get(parameters))
      const films = z.array(FilmRow).parse(page.all({ ...parameters, offset, limit }))
      return { total, films }
    },
  }
}
