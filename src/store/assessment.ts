import { z } from 'zod'
import { Assessment, AssessedFilm, type AssessedFilter } from '../shared/domain/assessment.ts'
import { ImageRow } from '../shared/domain/dataset.ts'
import { AppError } from '../shared/errors.ts'
import type { Database, Parameters } from './database.ts'
import { flag, json, row } from './row.ts'

const AssessmentRow = row(Assessment.extend({ internal: flag }))
const Probabilities = json(z.array(z.number()))
const FilmRow = row(
  ImageRow.extend({
    ...{ synthetic: flag, label: z.int(), probabilities: Probabilities },
    changed: Probabilities.optional(),
  }),
).transform(({ label, probabilities, changed, ...image }): AssessedFilm => ({
  ...{ image, label, probabilities },
  ...(changed && { changed }),
}))

/** A film with its score, as the figures take it. */
const ScoreRow = z.object({
  imageId: z.string(),
  label: z.int(),
  patient: z.string(),
  probabilities: Probabilities,
})

/** Neither a property of films nor another model is in a column: whoever asks for such films says which they are. */
type StoredFilter = Omit<AssessedFilter, 'subgroup' | 'alone'>

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

/** The class that is called: of two classes by the threshold, of more the likeliest. */
const calledOf = (table: string) =>
  `CASE WHEN :threshold IS NULL THEN ${table}.predicted ELSE ${table}.score >= :threshold END`
const [before, after] = [calledOf('film'), calledOf('changed')]

/** Films of an assessment as a filter wants them, each with what a change made of it where one is asked about. */
const chosen = `FROM assessed_film AS film JOIN image ON image.id = film.image_id
  LEFT JOIN shortcut_film AS changed ON changed.assessment_id = film.assessment_id
    AND changed.image_id = film.image_id AND changed.change = :change
  WHERE film.assessment_id = :assessmentId AND (:label IS NULL OR label = :label)
  AND (:predicted IS NULL OR :predicted = ${before})
  AND (:from IS NULL OR film.score >= :from) AND (:to IS NULL OR film.score <= :to)
  AND (:below IS NULL OR film.score < :below)
  AND (:low IS NULL OR film.score <= :low OR film.score >= :high)
  AND (:within IS NULL OR film.image_id IN (SELECT value FROM json_each(:within)))
  AND (:change IS NULL OR changed.change IS NOT NULL)
  AND (:flipped IS NULL OR (${before} <> ${after} AND CASE :flipped
    WHEN 'wrong' THEN ${before} = label WHEN 'right' THEN ${after} = label ELSE 1 END))`

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
  const count = database.prepare(`SELECT count(*) AS count ${chosen}`)
  const page =
    database.prepare(`SELECT id, file_name AS fileName, class_name AS className, part, patient, rows,
    columns, bytes, synthetic, label, film.probabilities AS probabilities,
    changed.probabilities AS changed ${chosen}
    ORDER BY CASE WHEN :change IS NULL THEN own_score ELSE -changed.shift END, id LIMIT :limit OFFSET :offset`)

  const parametersOf = (filter: StoredFilter, within?: readonly string[]): Parameters => ({
    ...{ assessmentId: filter.assessmentId, label: filter.label, predicted: filter.predicted },
    ...{ threshold: filter.threshold, from: filter.from, to: filter.to, below: filter.below },
    ...{ low: filter.sure?.low, high: filter.sure?.high },
    ...{ change: filter.change, flipped: filter.flipped },
    within: within && JSON.stringify(within),
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
    /**
     * Most wrong first, by the probability of the film's own class; of films under a change, those that it moved most.
     * `within` are ids of films, where not all of the assessment are meant.
     */
    page(filter: StoredFilter, offset: number, limit: number, within?: readonly string[]) {
      const parameters = parametersOf(filter, within)
      const { count: total } = z.object({ count: z.int() }).parse(count.get(parameters))
      const films = z.array(FilmRow).parse(page.all({ ...parameters, offset, limit }))
      return { total, films }
    },
  }
}
