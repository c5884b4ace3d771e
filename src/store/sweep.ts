import { z } from 'zod'
import { KeptConfiguration, StoredSweep } from '../shared/domain/librarySweep.ts'
import { PlannedSweep } from '../shared/domain/sweep.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { json, row, toJson } from './row.ts'

const SweepRow = row(
  StoredSweep.extend({
    halving: json(PlannedSweep.shape.halving.unwrap()).optional(),
    configurations: json(z.array(KeptConfiguration)),
  }),
)

const columns = `id, name, created_at AS createdAt, dataset_id AS datasetId,
  dataset_name AS datasetName, text, priority, halving, configurations`

export function sweepStore(database: Database) {
  const all = database.prepare(`SELECT ${columns} FROM sweep ORDER BY created_at DESC, id DESC`)
  const byId = database.prepare(`SELECT ${columns} FROM sweep WHERE id = :id`)
  const insert = database.prepare(`INSERT INTO sweep (id, name, created_at, dataset_id,
    dataset_name, text, priority, halving, configurations) VALUES (:id, :name, :createdAt,
    :datasetId, :datasetName, :text, :priority, :halving, :configurations)`)
  const prioritise = database.prepare('UPDATE sweep SET priority = :priority WHERE id = :id')
  const remove = database.prepare('DELETE FROM sweep WHERE id = :id')
  const forgetEmpty = database.prepare(`DELETE FROM sweep WHERE NOT EXISTS
    (SELECT 1 FROM run WHERE json_extract(run.sweep, '$.id') = sweep.id)`)

  const find = (id: string) => SweepRow.optional().parse(byId.get({ id }) ?? undefined)
  return {
    /** The newest first. */
    all: (): StoredSweep[] => z.array(SweepRow).parse(all.all()),
    find,
    /** Throws NOT_FOUND for an id that is not in the library. */
    get(id: string): StoredSweep {
      const sweep = find(id)
      if (!sweep) throw new AppError('NOT_FOUND', 'This sweep is not in the library any more')
      return sweep
    },
    insert: ({ halving, configurations, ...sweep }: StoredSweep) =>
      void insert.run({
        ...sweep,
        halving: toJson(halving),
        configurations: toJson(configurations),
      }),
    prioritise: (id: string, priority: number) => void prioritise.run({ id, priority }),
    delete: (id: string) => void remove.run({ id }),
    /** Those whose last run was deleted. */
    forgetEmpty: () => void forgetEmpty.run(),
  }
}
