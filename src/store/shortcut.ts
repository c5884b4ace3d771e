import { z } from 'zod'
import { ShortcutChange } from '../shared/domain/shortcut.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const Probabilities = json(z.array(z.number()))

/** A judged film under one change, beside what it had as it is. */
const ChangedRow = z.object({
  imageId: z.string(),
  change: ShortcutChange,
  label: z.int(),
  probabilities: Probabilities,
  changed: Probabilities,
})

export interface NewChangedFilm {
  readonly imageId: string
  readonly change: ShortcutChange
  readonly probabilities: readonly number[]
  readonly shift: number
}

/** What changes made of the scores of an assessment; it goes with the assessment. */
export function shortcutStore(database: Database) {
  const clear = database.prepare('DELETE FROM shortcut_film WHERE assessment_id = :assessmentId')
  const insert = database.prepare(`INSERT INTO shortcut_film
    (assessment_id, image_id, change, probabilities, score, predicted, shift)
    VALUES (:assessmentId, :imageId, :change, :probabilities, :score, :predicted, :shift)`)
  const ofAssessment = database.prepare(`SELECT image_id AS imageId, change, label,
    assessed_film.probabilities AS probabilities, shortcut_film.probabilities AS changed
    FROM shortcut_film JOIN assessed_film USING (assessment_id, image_id)
    WHERE assessment_id = :assessmentId ORDER BY change, image_id`)
  return {
    /** Takes the place of an earlier test of the same assessment. */
    replace(assessmentId: string, films: readonly NewChangedFilm[]): void {
      database.transaction(() => {
        clear.run({ assessmentId })
        for (const { probabilities, ...film } of films) {
          insert.run({
            ...{ assessmentId, ...film },
            probabilities: JSON.stringify(probabilities),
            score: probabilities.at(-1),
            predicted: probabilities.indexOf(Math.max(...probabilities)),
          })
        }
      })
    },
    /** By change, then by film. */
    ofAssessment: (assessmentId: string) =>
      z.array(ChangedRow).parse(ofAssessment.all({ assessmentId })),
  }
}
