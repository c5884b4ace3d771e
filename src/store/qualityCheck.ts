import { z } from 'zod'
import type { FindingKind } from '../shared/domain/findingKind.ts'
import {
  Severity,
  type CheckSummary,
  type Finding,
  type KindCount,
} from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { flagFilms } from './flags.ts'

export type NewFinding = Omit<Finding, 'id' | 'films'> & { readonly imageIds: readonly string[] }

export interface NewCheck {
  readonly datasetId: string
  /** ISO 8601. */
  readonly checkedAt: string
  readonly summary: CheckSummary
  /** In their order, the most pressing of a kind first. */
  readonly findings: readonly NewFinding[]
  /** The position after the data set's last film. */
  readonly end: number
}

/** Of findings and films together, how many are written; and whether the new findings are those that count. */
export interface WrittenPiece {
  readonly done: number
  readonly total: number
  readonly counts: boolean
}

const Id = z.object({ id: z.int() })
const Left = z.object({ id: z.int(), datasetId: z.string() })

/** Findings or films written in one transaction: some hundredths of a second. */
const AT_ONCE = 500

/** Writes down what checks found. */
export function qualityCheckStore(database: Database, sessionId: string) {
  const begin = database.prepare(`INSERT INTO quality_check
    (dataset_id, checked_at, summary, kinds, state, session_id)
    VALUES (:datasetId, :checkedAt, :summary, :kinds, 'writing', :sessionId) RETURNING id`)
  const lastId = database.prepare('SELECT coalesce(max(id), 0) AS id FROM finding')
  const insert = database.prepare(`INSERT INTO finding
    (id, check_id, kind, severity, detail, suggested)
    SELECT :after + 1 + key, :checkId, json_extract(value, '$.kind'),
      json_extract(value, '$.severity'), json_extract(value, '$.detail'),
      json_extract(value, '$.suggested')
    FROM json_each(:findings)`)
  const insertFilms = database.prepare(`INSERT INTO finding_film (finding_id, position, image_id)
    SELECT :after + 1 + found.key, film.key, film.value
    FROM json_each(:findings) AS found, json_each(found.value, '$.imageIds') AS film`)
  const enter = database.prepare('UPDATE quality_check SET state = :state WHERE id = :checkId')
  const leave = database.prepare(`UPDATE quality_check SET state = 'done', session_id = NULL
    WHERE id = :checkId`)
  // Of other programs that work on a check nothing is taken away.
  const superseded = `SELECT id FROM quality_check AS old WHERE dataset_id = :datasetId
    AND (session_id IS NULL OR session_id = :sessionId OR session_id NOT IN (SELECT id FROM session))
    AND (state = 'writing' OR EXISTS (SELECT 1 FROM quality_check AS newer
      WHERE newer.dataset_id = old.dataset_id AND newer.state <> 'writing' AND newer.id > old.id))`
  const forgetSome = database.prepare(`DELETE FROM finding WHERE id IN
    (SELECT id FROM finding WHERE check_id IN (${superseded}) LIMIT :limit)`)
  const forget = database.prepare(`DELETE FROM quality_check WHERE id IN (${superseded})`)
  const left = database.prepare(`SELECT id, dataset_id AS datasetId FROM quality_check
    WHERE state = 'flagging' AND session_id NOT IN (SELECT id FROM session)`)
  const flags = flagFilms(database)

  function* tidy(datasetId: string, piece: WrittenPiece): Generator<WrittenPiece> {
    while (forgetSome.run({ datasetId, sessionId, limit: AT_ONCE }) > 0) yield piece
    forget.run({ datasetId, sessionId })
  }

  return {
    /**
     * Takes the place of what an earlier check found, all or nothing, in pieces: each `next` writes one, and whoever asks
     * may let others have their turn, or go away, before the next. What counts is the old list of findings until the new
     * one is whole.
     */
    *replace({ datasetId, checkedAt, summary, findings, end }: NewCheck): Generator<WrittenPiece> {
      const total = findings.length + end
      yield* tidy(datasetId, { done: 0, total, counts: false })
      const texts = { summary: JSON.stringify(summary), kinds: JSON.stringify(kindsOf(findings)) }
      const { id: checkId } = Id.parse(begin.get({ datasetId, checkedAt, sessionId, ...texts }))
      yield { done: 0, total, counts: false }
      for (let from = 0; from < findings.length; from += AT_ONCE) {
        const piece = JSON.stringify(findings.slice(from, from + AT_ONCE))
        database.transaction(() => {
          const { id: after } = Id.parse(lastId.get())
          insert.run({ after, checkId, findings: piece })
          insertFilms.run({ after, findings: piece })
        })
        yield { done: from, total, counts: false }
      }
      enter.run({ checkId, state: 'flagging' })
      for (let from = 0; from < end; from += AT_ONCE) {
        flags.between(datasetId, from, from + AT_ONCE)
        yield { done: findings.length + from, total, counts: true }
      }
      leave.run({ checkId })
      yield* tidy(datasetId, { done: total, total, counts: true })
    },
    /** Has films tell of checks whose program ended between having written all findings and having told all films. */
    finish: () =>
      database.transaction(() => {
        for (const { id, datasetId } of z.array(Left).parse(left.all())) {
          flags.all(datasetId)
          leave.run({ checkId: id })
        }
      }),
  }
}

/** Of each kind how many findings there are, of how many films, and the gravest of them. */
function kindsOf(findings: readonly NewFinding[]): Omit<KindCount, 'open'>[] {
  const kinds = new Map<FindingKind, { findings: number; films: Set<string>; gravest: number }>()
  for (const { kind, severity, imageIds } of findings) {
    const known = kinds.get(kind) ?? { findings: 0, films: new Set<string>(), gravest: 2 }
    known.findings++
    imageIds.forEach((id) => known.films.add(id))
    known.gravest = Math.min(known.gravest, Severity.options.indexOf(severity))
    kinds.set(kind, known)
  }
  return [...kinds].map(([kind, { findings: count, films, gravest }]) => ({
    ...{ kind, findings: count, films: films.size, severity: Severity.options[gravest]! },
  }))
}
