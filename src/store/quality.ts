import { z } from 'zod'
import { ImageRow } from '../shared/domain/dataset.ts'
import { FindingKind } from '../shared/domain/findingKind.ts'
import {
  CheckSummary,
  Decision,
  Finding,
  KindCount,
  type FoundFilm,
} from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { decisionOn, isStanding, lastCheck } from './flags.ts'
import { columnTypes, imageColumns } from './image.ts'
import { json, row } from './row.ts'

const FindingRow = row(Finding.omit({ films: true }))
const FoundRow = row(
  ImageRow.extend({
    ...columnTypes,
    findingId: z.string(),
    decision: Decision.optional(),
  }),
)
const CheckRow = z.object({ checkedAt: z.string(), summary: json(CheckSummary) })
const KindsRow = z.object({ kinds: json(z.array(KindCount.omit({ open: true }))) })
const ClosedRow = z.object({ kind: FindingKind, closed: z.int() })
const NearRow = row(
  z.object({ findingId: z.string(), pixelHash: z.string(), decision: Decision.optional() }),
)

const byKind = (a: { kind: FindingKind }, b: { kind: FindingKind }) =>
  FindingKind.options.indexOf(a.kind) - FindingKind.options.indexOf(b.kind)

/** What the last check of a data set found. It is `qualityCheckStore` that writes it, decisions are `qualityDecisionStore`'s. */
export function qualityStore(database: Database) {
  const check = database.prepare(`SELECT checked_at AS checkedAt, summary FROM quality_check
    WHERE id = ${lastCheck}`)
  const kinds = database.prepare(`SELECT kinds FROM quality_check WHERE id = ${lastCheck}`)
  // From the decisions on, which are few where findings are many.
  const closed = database.prepare(`SELECT finding.kind AS kind, count(*) AS closed FROM finding
    WHERE +check_id = ${lastCheck}
      AND id IN (SELECT finding_id FROM quality_decision
        CROSS JOIN finding_film ON finding_film.image_id = quality_decision.image_id
        WHERE ${isStanding})
      AND NOT EXISTS (SELECT 1 FROM finding_film
        WHERE finding_id = finding.id AND ${decisionOn} IS NULL)
    GROUP BY 1`)
  const total = database.prepare(`SELECT count(*) AS total FROM finding
    WHERE check_id = ${lastCheck} AND kind = :kind`)
  const page = database.prepare(`SELECT CAST(id AS TEXT) AS id, kind, severity, detail, suggested
    FROM finding WHERE check_id = ${lastCheck} AND kind = :kind
    ORDER BY finding.id LIMIT :limit OFFSET :offset`)
  const films = database.prepare(`SELECT CAST(finding_id AS TEXT) AS findingId,
      ${decisionOn} AS decision, ${imageColumns}
    FROM finding_film JOIN finding ON finding_id = finding.id JOIN image ON image_id = image.id
    WHERE finding_id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))
    ORDER BY finding_film.position`)
  const nearly = database.prepare(`SELECT CAST(finding_id AS TEXT) AS findingId,
      pixel_hash AS pixelHash, ${decisionOn} AS decision
    FROM finding JOIN finding_film ON finding_id = finding.id JOIN image ON image_id = image.id
    WHERE check_id = ${lastCheck} AND finding.kind = 'near-duplicate'`)
  return {
    /** Undefined before the first check. */
    check: (datasetId: string) => CheckRow.optional().parse(check.get({ datasetId }) ?? undefined),
    /** Kinds with findings, with their films: what a facet shows. */
    counts(datasetId: string): KindCount[] {
      const found = KindsRow.optional().parse(kinds.get({ datasetId }) ?? undefined)?.kinds ?? []
      const decided = z.array(ClosedRow).parse(closed.all({ datasetId }))
      const closedOf = new Map(decided.map((row) => [row.kind, row.closed]))
      return found
        .map((count) => ({ ...count, open: count.findings - (closedOf.get(count.kind) ?? 0) }))
        .sort(byKind)
    },
    /**
     * By the hash of a film's pixels, the group of nearly equal films that it is of; a group of which a person said
     * that nothing is wrong is left out.
     */
    nearGroups(datasetId: string): Map<string, string> {
      const found = z.array(NearRow).parse(nearly.all({ datasetId }))
      const real = found.filter(({ decision }) => decision !== 'no-issue')
      const groups = new Set(real.map(({ findingId }) => findingId))
      return new Map(
        found
          .filter(({ findingId }) => groups.has(findingId))
          .map(({ pixelHash, findingId }) => [pixelHash, findingId]),
      )
    },
    /** Findings of a kind with their films, the most pressing first. */
    findings(datasetId: string, kind: FindingKind, offset: number, limit: number) {
      const found = z.array(FindingRow).parse(page.all({ datasetId, kind, offset, limit }))
      const rows = films.all({ ids: JSON.stringify(found.map(({ id }) => id)) })
      const byFinding = new Map<string, FoundFilm[]>()
      for (const { findingId, decision, ...image } of z.array(FoundRow).parse(rows)) {
        const film = { image, ...(decision && { decision }) }
        byFinding.set(findingId, [...(byFinding.get(findingId) ?? []), film])
      }
      return {
        ...z.object({ total: z.int() }).parse(total.get({ datasetId, kind })),
        findings: found.map((finding) => ({ ...finding, films: byFinding.get(finding.id) ?? [] })),
      }
    },
  }
}
