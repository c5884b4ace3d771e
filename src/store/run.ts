import { z } from 'zod'
import { Evaluation } from '../shared/domain/evaluation.ts'
import { ModelSpec } from '../shared/domain/modelSpec.ts'
import { Run, RunEpoch, RunMarks, RunOfSweep, type RunMarksChange } from '../shared/domain/run.ts'
import { SplitLeak } from '../shared/domain/split.ts'
import { EpochReport, TrainingSettings } from '../shared/domain/training.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { flag, json, row, toJson } from './row.ts'

const Films = Run.shape.films.unwrap()
const RunRow = row(
  Run.omit({ epochs: true }).extend({
    spec: json(ModelSpec),
    settings: json(TrainingSettings),
    films: json(Films).optional(),
    test: json(Evaluation).nullable().default(null),
    starred: flag,
    archived: flag,
    tags: json(RunMarks.shape.tags),
    sweep: json(RunOfSweep).optional(),
    leak: json(SplitLeak).optional(),
  }),
)
const EpochRow = row(
  z.object({ runId: z.string(), report: json(EpochReport), endedAt: z.string().optional() }),
).transform(({ runId, report, endedAt }): { runId: string; epoch: RunEpoch } => ({
  runId,
  epoch: endedAt === undefined ? report : { ...report, endedAt },
}))

const SweepProgressRow = z.object({
  sweepId: z.string(),
  status: Run.shape.status,
  runs: z.int(),
  trained: z.number(),
})

const columns = `id, name, created_at AS createdAt, dataset_id AS datasetId,
  dataset_name AS datasetName, recipe, status, reason, spec, settings, params,
  best_epoch AS bestEpoch, films, baseline_accuracy AS baselineAccuracy, test,
  (SELECT model.id FROM model WHERE model.id = model_id) AS modelId, job_id AS jobId,
  starred, archived, tags, note, sweep, leak, dataset_hash AS datasetHash`

/** How a training ended, for good or until it is resumed. */
export type RunEnd =
  | {
      readonly status: 'complete' | 'stopped'
      readonly bestEpoch: number
      readonly test: Evaluation | null
      readonly modelId: string
    }
  | { readonly status: 'stopped' | 'failed' | 'interrupted' | 'dropped'; readonly reason: string }

export function runStore(database: Database, sessionId: string) {
  const all = database.prepare(`SELECT ${columns} FROM run ORDER BY created_at DESC, id DESC`)
  const byId = database.prepare(`SELECT ${columns} FROM run WHERE id = :id`)
  const ofSweep = database.prepare(`SELECT ${columns} FROM run
    WHERE json_extract(sweep, '$.id') = :sweepId ORDER BY rowid`)
  const epochsOfSweep = database.prepare(`SELECT run_id AS runId, report, ended_at AS endedAt
    FROM epoch JOIN run ON run.id = run_id WHERE json_extract(run.sweep, '$.id') = :sweepId
    ORDER BY run_id, epoch`)
  const sweepProgress = database.prepare(`SELECT json_extract(sweep, '$.id') AS sweepId, status,
    count(*) AS runs,
    sum(min(1.0, (SELECT count(*) FROM epoch WHERE run_id = run.id) * 1.0
      / json_extract(settings, '$.epochs'))) AS trained
    FROM run WHERE sweep IS NOT NULL GROUP BY sweepId, status`)
  const allEpochs = database.prepare(
    'SELECT run_id AS runId, report, ended_at AS endedAt FROM epoch ORDER BY run_id, epoch',
  )
  const epochs = database.prepare(
    'SELECT run_id AS runId, report, ended_at AS endedAt FROM epoch WHERE run_id = :id ORDER BY epoch',
  )
  const insert = database.prepare(`INSERT INTO run (id, name, created_at, dataset_id, dataset_name,
    recipe, status, spec, settings, params, sweep, leak, session_id)
    VALUES (:id, :name, :createdAt, :datasetId, :datasetName, :recipe, :status, :spec, :settings,
    :params, :sweep, :leak, :sessionId)`)
  const ofJob = database.prepare(`UPDATE run SET job_id = :jobId, session_id = :sessionId,
    status = CASE status WHEN 'running' THEN status ELSE 'queued' END WHERE id = :id`)
  const wait = database.prepare(`UPDATE run SET status = 'queued', reason = NULL,
    session_id = :sessionId WHERE id = :id`)
  const begin = database.prepare(`UPDATE run SET status = 'running', reason = NULL,
    session_id = :sessionId WHERE id = :id`)
  const prepared = database.prepare(
    'UPDATE run SET films = :films, baseline_accuracy = :baselineAccuracy WHERE id = :id',
  )
  const splitBy = database.prepare(
    'UPDATE run SET leak = :leak, dataset_hash = :datasetHash WHERE id = :id',
  )
  const addEpoch = database.prepare(`INSERT OR REPLACE INTO epoch (run_id, epoch, report, ended_at)
    VALUES (:id, :epoch, :report, :endedAt)`)
  const forgetEpochs = database.prepare('DELETE FROM epoch WHERE run_id = :id AND epoch >= :from')
  const end = database.prepare(`UPDATE run SET status = :status, reason = :reason,
    best_epoch = coalesce(:bestEpoch, best_epoch), test = :test, model_id = :modelId
    WHERE id = :id`)
  const mark = database.prepare(`UPDATE run SET starred = coalesce(:starred, starred),
    archived = coalesce(:archived, archived), tags = coalesce(:tags, tags),
    note = coalesce(:note, note) WHERE id = :id`)
  const rename = database.prepare('UPDATE run SET name = :name WHERE id = :id')
  const remove = database.prepare('DELETE FROM run WHERE id = :id')

  function find(id: string): Run | undefined {
    const found = RunRow.optional().parse(byId.get({ id }) ?? undefined)
    if (!found) return undefined
    return {
      ...found,
      epochs: z
        .array(EpochRow)
        .parse(epochs.all({ id }))
        .map(({ epoch }) => epoch),
    }
  }
  function get(id: string): Run {
    const run = find(id)
    if (!run) throw new AppError('NOT_FOUND', 'This run is not in the library any more')
    return run
  }
  return {
    all: (): Run[] => withEpochs(all.all(), allEpochs.all()),
    /** By sweep and status: how many runs, and how many whole ones their epochs make up. */
    sweepProgress: () => z.array(SweepProgressRow).parse(sweepProgress.all()),
    /** In the order of their making, which is the one to train them in. */
    ofSweep: (sweepId: string): Run[] =>
      withEpochs(ofSweep.all({ sweepId }), epochsOfSweep.all({ sweepId })),
    find,
    /** Throws NOT_FOUND for an id that is not in the library. */
    get,
    insert({ spec, settings, sweep, leak, ...run }: Run) {
      const { id, name, createdAt, datasetId, datasetName, recipe, params } = run
      insert.run({
        ...{ id, name, createdAt, datasetId, datasetName, recipe, params, sessionId },
        status: 'queued',
        spec: toJson(spec),
        settings: toJson(settings),
        sweep: toJson(sweep),
        leak: toJson(leak),
      })
    },
    /** Belongs to a job of this session from now on, and waits for its turn unless it runs already. */
    ofJob: (id: string, jobId: string) => void ofJob.run({ id, jobId, sessionId }),
    /** Waits for its turn, whatever it did before. */
    wait: (id: string) => void wait.run({ id, sessionId }),
    begin: (id: string) => void begin.run({ id, sessionId }),
    prepared: (id: string, films: z.infer<typeof Films>, baselineAccuracy?: number) =>
      void prepared.run({ id, films: toJson(films), baselineAccuracy }),
    /** The films that it trains on: of which version, and what of them stands on both sides. */
    splitBy: (id: string, datasetHash: string, leak: SplitLeak | undefined) =>
      void splitBy.run({ id, datasetHash, leak: toJson(leak) }),
    /** Takes the place of an epoch of that number, and of later ones: a resumed run repeats them. */
    addEpoch: (id: string, report: EpochReport, endedAt = new Date().toISOString()) =>
      database.transaction(() => {
        forgetEpochs.run({ id, from: report.epoch })
        addEpoch.run({ id, epoch: report.epoch, report: toJson(report), endedAt })
      }),
    end: (id: string, how: RunEnd) =>
      void end.run({
        id,
        status: how.status,
        reason: 'reason' in how ? how.reason : null,
        bestEpoch: 'bestEpoch' in how ? how.bestEpoch : null,
        test: 'test' in how ? toJson(how.test) : null,
        modelId: 'modelId' in how ? how.modelId : null,
      }),
    /** Changes what is named, leaves the rest. */
    mark: (id: string, { starred, archived, tags, note }: RunMarksChange) =>
      void mark.run({ id, starred, archived, tags: toJson(tags), note }),
    rename: (id: string, name: string) => void rename.run({ id, name }),
    delete: (id: string) => void remove.run({ id }),
  }
}

function withEpochs(runs: unknown, epochs: unknown): Run[] {
  const byRun = new Map<string, RunEpoch[]>()
  for (const { runId, epoch } of z.array(EpochRow).parse(epochs)) {
    const before = byRun.get(runId)
    if (before) before.push(epoch)
    else byRun.set(runId, [epoch])
  }
  const parsed = z.array(RunRow).parse(runs)
  return parsed.map((run) => ({ ...run, epochs: byRun.get(run.id) ?? [] }))
}
