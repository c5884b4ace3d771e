import { z } from 'zod'
import { JobSnapshot, JobState } from '../shared/domain/job.ts'
import type { Database } from './database.ts'
import { json, row, toJson } from './row.ts'

const JobRow = row(JobSnapshot.extend({ state: json(JobState) }))

export function jobStore(database: Database, sessionId: string) {
  const newest = database.prepare(`SELECT id, kind, title, state, subject_id AS subjectId,
    created_at AS createdAt, ended_at AS endedAt FROM job ORDER BY id DESC LIMIT :limit`)
  const insert = database.prepare(`INSERT OR REPLACE INTO job
    (id, kind, title, state, subject_id, created_at, ended_at, session_id)
    VALUES (:id, :kind, :title, :state, :subjectId, :createdAt, :endedAt, :sessionId)`)
  return {
    newest: (limit: number) => z.array(JobRow).parse(newest.all({ limit })),
    save: ({ id, kind, title, state, subjectId, createdAt, endedAt }: JobSnapshot) =>
      void insert.run({
        ...{ id, kind, title, subjectId, createdAt, endedAt, sessionId },
        state: toJson(state),
      }),
  }
}
