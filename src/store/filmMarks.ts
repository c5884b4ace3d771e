import { z } from 'zod'
import { FilmMarks, Mark, Ruler } from '../shared/domain/mark.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const MarksRow = z.object({ marks: json(z.array(Mark)), ruler: json(Ruler) })

/** What readers drew on films, and which films tell black from white wrong; both by film content. */
export function filmMarksStore(database: Database) {
  const ofImage = database.prepare(`SELECT marks, ruler FROM film_marks JOIN image USING (file_hash)
    WHERE image.id = :imageId`)
  const write = database.prepare(`INSERT OR REPLACE INTO film_marks
    (file_hash, marks, ruler, changed_at)
    SELECT file_hash, :marks, :ruler, :changedAt FROM image WHERE id = :imageId`)
  const remove = database.prepare(`DELETE FROM film_marks
    WHERE file_hash = (SELECT file_hash FROM image WHERE id = :imageId)`)
  const turn = database.prepare(`INSERT OR IGNORE INTO turned_film (file_hash)
    SELECT file_hash FROM image WHERE id = :imageId`)
  const turnBack = database.prepare(`DELETE FROM turned_film
    WHERE file_hash = (SELECT file_hash FROM image WHERE id = :imageId)`)
  const turned = database.prepare(`SELECT 1 AS turned FROM turned_film JOIN image USING (file_hash)
    WHERE image.id = :imageId`)
  return {
    find: (imageId: string): FilmMarks | undefined =>
      MarksRow.optional().parse(ofImage.get({ imageId }) ?? undefined),
    /** Replaces all marks of a film; with none left, nothing is kept of them. */
    write(imageId: string, { marks, ruler }: FilmMarks, changedAt: string): void {
      if (marks.length === 0) remove.run({ imageId })
      else {
        const texts = { marks: JSON.stringify(marks), ruler: JSON.stringify(ruler) }
        write.run({ imageId, ...texts, changedAt })
      }
    },
    isTurned: (imageId: string): boolean => turned.get({ imageId }) !== undefined,
    turn: (imageId: string, on: boolean) => void (on ? turn : turnBack).run({ imageId }),
  }
}
