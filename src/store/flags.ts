import type { Database } from './database.ts'

/** Of a row of quality_decision: the edit that it came with was not taken back, or was done again. */
export const isStanding = `coalesce((SELECT later.kind FROM edit AS later
  WHERE later.of = quality_decision.edit ORDER BY later.number DESC LIMIT 1), 'redo') <> 'undo'`

/** Of a row of finding_film beside its finding: what a person decided of the film there; NULL where nobody did. */
export const decisionOn = `(SELECT decision FROM quality_decision
  WHERE quality_decision.image_id = finding_film.image_id AND quality_decision.kind = finding.kind
    AND ${isStanding}
  ORDER BY quality_decision.id DESC LIMIT 1)`

/** The check of `:datasetId` that counts: the last one whose findings are all there. */
export const lastCheck = `(SELECT max(id) FROM quality_check
  WHERE dataset_id = :datasetId AND state <> 'writing')`

/** The films' flags are the kinds of findings on them that nobody has decided on; a column, so that an index has them. */
export function flagFilms(database: Database) {
  const update = (films: string) =>
    database.prepare(`WITH told AS MATERIALIZED (SELECT id AS film FROM image
        WHERE ${films}),
      open AS MATERIALIZED (SELECT film, json_group_array(kind) AS kinds FROM
        (SELECT DISTINCT film, finding.kind AS kind
          FROM told CROSS JOIN finding_film ON image_id = film JOIN finding ON finding_id = finding.id
          WHERE check_id = ${lastCheck} AND ${decisionOn} IS NULL ORDER BY 1, 2)
        GROUP BY film)
      UPDATE image SET flags = now
      FROM (SELECT told.film AS flagged, coalesce(kinds, '[]') AS now FROM told LEFT JOIN open USING (film))
      WHERE id = flagged AND flags <> now`)
  const all = update('dataset_id = :datasetId')
  const between = update('dataset_id = :datasetId AND position >= :from AND position < :to')
  const ofEdit = update('id IN (SELECT image_id FROM edited_film WHERE edit = :edit)')
  return {
    all: (datasetId: string) => void all.run({ datasetId }),
    /** Of films from one position up to before another. */
    between: (datasetId: string, from: number, to: number) =>
      void between.run({ datasetId, from, to }),
    ofEdit: (datasetId: string, edit: number) => void ofEdit.run({ datasetId, edit }),
  }
}
