import { z } from 'zod'
import type { FindingKind } from '../shared/domain/findingKind.ts'
import { Decision } from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { flagFilms, isStanding } from './flags.ts'

export interface FilmDecision {
  readonly imageId: string
  readonly decision: Decision
  /** The class that a relabelled film stands in from now on. */
  readonly className?: string | undefined
}

const Latest = z.object({ decision: Decision })

/** What a person decided of findings. What that did to the films is an edit, and stands or falls with it. */
export function qualityDecisionStore(database: Database) {
  const insert = database.prepare(`INSERT INTO quality_decision
    (image_id, kind, decision, edit, decided_at)
    VALUES (:imageId, :kind, :decision, :edit, :decidedAt)`)
  const latest = database.prepare(`SELECT decision FROM quality_decision
    WHERE image_id = :imageId AND kind = :kind AND ${isStanding} ORDER BY id DESC LIMIT 1`)
  const flags = flagFilms(database)
  return {
    /** The last one that stands. */
    latest: (imageId: string, kind: FindingKind): Decision | undefined =>
      Latest.optional().parse(latest.get({ imageId, kind }) ?? undefined)?.decision,
    /** One step, with the edit that it came with. */
    add: (
      datasetId: string,
      kind: FindingKind,
      decisions: readonly FilmDecision[],
      { edit, decidedAt }: { readonly edit: number; readonly decidedAt: string },
    ) =>
      database.transaction(() => {
        for (const { imageId, decision } of decisions)
          insert.run({ imageId, kind, decision, edit, decidedAt })
        flags.ofEdit(datasetId, edit)
      }),
  }
}
