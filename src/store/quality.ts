import { z } from 'zod'
import { ImageRow } from '../shared/domain/dataset.ts'
import { FindingKind } from '../shared/domain/findingKind.ts'
import {
  CheckSummary,
  Decision,
  Finding,
  KindCount,
  QualityFacts,
  Severity,
  type FoundFilm,
} from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { decisionOn, flagFilms } from './flags.ts'
import { columnTypes, imageColumns } from './image.ts'
import { newId } from './newId.ts'
import { json, row } from './row.ts'

/** A film's facts with its pooled features, where a model saw it. */
const MeasuredRow = row(
  z.object({
    id: z.string(),
    facts: json(QualityFacts).optional(),
    refused: z.string().optional(),
    features: z.string().transform(featuresIn).optional(),
  }),
)
export type MeasuredImage = z.output<typeof MeasuredRow>

const FindingRow = row(Finding.omit({ films: true }))
const FoundRow = row(
  ImageRow.extend({
    ...columnTypes,
    findingId: z.string(),
    decision: Decision.optional(),
  }),
)
const CheckRow = z.object({ checkedAt: z.string(), summary: json(CheckSummary) })
const CountRow = KindCount.extend({ severity: z.int().transform((rank) => severities[rank]!) })
const severities = ['high', 'medium', 'low'] as const satisfies readonly Severity[]
const NearRow = row(
  z.object({ findingId: z.string(), pixelHash: z.string(), decision: Decision.optional() }),
)
const Id = z.object({ id: z.string() })
const Position = z.object({ position: z.int(), id: z.string() })

export type NewFinding = Omit<Finding, 'id' | 'films'> & { readonly imageIds: readonly string[] }

const byKind = (a: { kind: FindingKind }, b: { kind: FindingKind }) =>
  FindingKind.options.indexOf(a.kind) - FindingKind.options.indexOf(b.kind)

/** What films were found to be and what that makes of a data set. Decisions are `qualityDecisionStore`'s. */
export function qualityStore(database: Database) {
  const unknown = database.prepare(`SELECT min(position) AS position, min(id) AS id FROM image
    WHERE dataset_id = :datasetId AND NOT EXISTS (SELECT 1 FROM film_quality
      WHERE film_quality.file_hash = image.file_hash AND version = :version AND facts IS NOT NULL)
    GROUP BY file_hash ORDER BY position`)
  const keep = database.prepare(`INSERT OR REPLACE INTO film_quality
    (file_hash, version, facts, refused, features)
    SELECT file_hash, :version, :facts, :refused, :features FROM image WHERE id = :imageId`)
  const measured = database.prepare(`SELECT image.id, facts, refused, features
    FROM image LEFT JOIN film_quality USING (file_hash)
    WHERE dataset_id = :datasetId ORDER BY image.position LIMIT :limit OFFSET :offset`)
  const ofFilm = database.prepare(`SELECT image.id, facts, refused, NULL AS features
    FROM image JOIN film_quality USING (file_hash) WHERE image.id = :imageId`)
  const check = database.prepare(
    'SELECT checked_at AS checkedAt, summary FROM quality_check WHERE dataset_id = :datasetId',
  )
  const setCheck = database.prepare(`INSERT OR REPLACE INTO quality_check
    (dataset_id, checked_at, summary) VALUES (:datasetId, :checkedAt, :summary)`)
  const forget = database.prepare('DELETE FROM finding WHERE dataset_id = :datasetId')
  const insert = database.prepare(`INSERT INTO finding
    (id, dataset_id, position, kind, severity, detail, suggested)
    VALUES (:id, :datasetId, :position, :kind, :severity, :detail, :suggested)`)
  const insertFilm = database.prepare(`INSERT INTO finding_film (finding_id, position, image_id)
    VALUES (:findingId, :position, :imageId)`)
  const counts = database.prepare(`SELECT kind, count(DISTINCT finding.id) AS findings,
      count(DISTINCT image_id) AS films,
      count(DISTINCT CASE WHEN ${decisionOn} IS NULL THEN finding.id END) AS open,
      min(CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END) AS severity
    FROM finding JOIN finding_film ON finding_id = finding.id
    WHERE dataset_id = :datasetId GROUP BY kind`)
  const total = database.prepare(`SELECT count(*) AS total FROM finding
    WHERE dataset_id = :datasetId AND kind = :kind`)
  const page = database.prepare(`SELECT id, kind, severity, detail, suggested FROM finding
    WHERE dataset_id = :datasetId AND kind = :kind ORDER BY position LIMIT :limit OFFSET :offset`)
  const films = database.prepare(`SELECT finding_id AS findingId, ${decisionOn} AS decision,
      ${imageColumns}
    FROM finding_film JOIN finding ON finding_id = finding.id JOIN image ON image_id = image.id
    WHERE finding_id IN (SELECT value FROM json_each(:ids)) ORDER BY finding_film.position`)
  const nearly = database.prepare(`SELECT finding_id AS findingId, pixel_hash AS pixelHash,
      ${decisionOn} AS decision
    FROM finding_film JOIN finding ON finding_id = finding.id JOIN image ON image_id = image.id
    WHERE finding.dataset_id = :datasetId AND kind = 'near-duplicate'`)
  const flagged = database.prepare(`SELECT DISTINCT image_id AS id FROM finding_film
    JOIN finding ON finding_id = finding.id
    WHERE dataset_id = :datasetId AND kind IN (SELECT value FROM json_each(:kinds))`)

  const flags = flagFilms(database)

  return {
    /** Ids of films, one for each content, whose facts of this version are not known. */
    unmeasured: (datasetId: string, version: string): string[] =>
      z
        .array(Position)
        .parse(unknown.all({ datasetId, version }))
        .map(({ id }) => id),
    /** Facts and features of a film's content, or why there are none. */
    keep: (
      imageId: string,
      version: string,
      found: { facts?: QualityFacts; refused?: string; features?: Float32Array | undefined },
    ) =>
      void keep.run({
        ...{ imageId, version, refused: found.refused ?? null },
        facts: found.facts ? JSON.stringify(found.facts) : null,
        features: found.features ? textOf(found.features) : null,
      }),
    /** Some films of a data set in its order; those that were never measured have neither facts nor a refusal. */
    measured: (datasetId: string, offset: number, limit: number): MeasuredImage[] =>
      z.array(MeasuredRow).parse(measured.all({ datasetId, offset, limit })),
    factsOf: (imageId: string): QualityFacts | undefined =>
      MeasuredRow.optional().parse(ofFilm.get({ imageId }) ?? undefined)?.facts,
    /** Takes the place of what an earlier check found, all or nothing. Findings come in their order. */
    replace: (
      datasetId: string,
      checkedAt: string,
      summary: CheckSummary,
      findings: readonly NewFinding[],
    ) =>
      database.transaction(() => {
        forget.run({ datasetId })
        setCheck.run({ datasetId, checkedAt, summary: JSON.stringify(summary) })
        findings.forEach(({ kind, severity, detail, suggested, imageIds }, position) => {
          const id = newId()
          insert.run({ id, datasetId, position, kind, severity, detail, suggested })
          imageIds.forEach((imageId, at) =>
            insertFilm.run({ findingId: id, position: at, imageId }),
          )
        })
        flags.all(datasetId)
      }),
    /** Undefined before the first check. */
    check: (datasetId: string) => CheckRow.optional().parse(check.get({ datasetId }) ?? undefined),
    /** Kinds with findings, with their films: what a facet shows. */
    counts: (datasetId: string): KindCount[] =>
      z.array(CountRow).parse(counts.all({ datasetId })).sort(byKind),
    /** Films with a finding of one of the kinds, each once. */
    imageIds: (datasetId: string, kinds: readonly FindingKind[]): string[] =>
      z
        .array(Id)
        .parse(flagged.all({ datasetId, kinds: JSON.stringify(kinds) }))
        .map(({ id }) => id),
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

const textOf = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

function featuresIn(text: string): Float32Array {
  // A copy: the bytes of a string's buffer need not lie where numbers may.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Float32Array(bytes.buffer)
}
