import { z } from 'zod'
import { Decision, type FindingKind } from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { flag, row } from './row.ts'

export interface FilmDecision {
  readonly imageId: string
  readonly decision: Decision
  /** The class that a relabelled film stands in from now on. */
  readonly className?: string | undefined
}

const Before = z.object({ decision: Decision })
const Undone = row(
  z.object({ imageId: z.string(), excludedBefore: flag, classBefore: z.string().optional() }),
)

/** What a person decided of findings, and how the films were before: a step is undone as a whole. */
export function qualityDecisionStore(database: Database) {
  const insert = database.prepare(`INSERT INTO quality_decision
    (image_id, kind, decision, excluded_before, class_before, decided_at)
    SELECT id, :kind, :decision, excluded, class_name, :decidedAt FROM image WHERE id = :imageId`)
  const latest = database.prepare(`SELECT decision FROM quality_decision
    WHERE image_id = :imageId AND kind = :kind ORDER BY id DESC LIMIT 1`)
  const exclude = database.prepare('UPDATE image SET excluded = :excluded WHERE id = :imageId')
  const relabel = database.prepare('UPDATE image SET class_name = :className WHERE id = :imageId')
  const newest = database.prepare(`SELECT decided_at AS decidedAt FROM quality_decision
    JOIN image ON image_id = image.id WHERE dataset_id = :datasetId
    ORDER BY quality_decision.id DESC LIMIT 1`)
  const ofStep = database.prepare(`SELECT image_id AS imageId, excluded_before AS excludedBefore,
      class_before AS classBefore
    FROM quality_decision JOIN image ON image_id = image.id
    WHERE dataset_id = :datasetId AND decided_at = :decidedAt ORDER BY quality_decision.id DESC`)
  const remove = database.prepare(`DELETE FROM quality_decision WHERE decided_at = :decidedAt
    AND image_id IN (SELECT id FROM image WHERE dataset_id = :datasetId)`)

  return {
    /**
     * One step: what it decides of each film, done to the film at once. A film that is kept takes part again; any other
     * decision takes back the exclusion that was made under this kind alone.
     */
    decide: (kind: FindingKind, decisions: readonly FilmDecision[], decidedAt: string) =>
      database.transaction(() => {
        for (const { imageId, decision, className } of decisions) {
          const before = Before.optional().parse(latest.get({ imageId, kind }) ?? undefined)
          insert.run({ imageId, kind, decision, decidedAt })
          if (decision === 'exclude') exclude.run({ imageId, excluded: true })
          else if (decision === 'keep' || before?.decision === 'exclude')
            exclude.run({ imageId, excluded: false })
          if (decision === 'relabel') relabel.run({ imageId, className })
        }
      }),
    /** Takes the newest step of a data set back; answers its films, none when there is no step. */
    undo: (datasetId: string): string[] =>
      database.transaction(() => {
        const found = z.object({ decidedAt: z.string() }).optional()
        const step = found.parse(newest.get({ datasetId }) ?? undefined)
        if (!step) return []
        const { decidedAt } = step
        const films = z.array(Undone).parse(ofStep.all({ datasetId, decidedAt }))
        for (const { imageId, excludedBefore, classBefore } of films) {
          exclude.run({ imageId, excluded: excludedBefore })
          relabel.run({ imageId, className: classBefore })
        }
        remove.run({ datasetId, decidedAt })
        return films.map(({ imageId }) => imageId)
      }),
  }
}
