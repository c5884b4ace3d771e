import { z } from 'zod'
import { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { json, row, toJson } from './row.ts'

/** A model package of the library; its files lie in the models folder under its id. */
export const StoredModel = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** With the name that the library gives it, which may differ from the package's own. */
  manifest: ModelManifest,
  params: z.int(),
  runId: z.string().optional(),
})
export type StoredModel = z.output<typeof StoredModel>

const ModelRow = row(
  StoredModel.extend({ name: z.string(), manifest: json(ModelManifest) }),
).transform(({ name, manifest, ...model }): StoredModel => ({
  ...model,
  manifest: { ...manifest, name },
}))

const columns = 'id, name, created_at AS createdAt, manifest, params, run_id AS runId'

export function modelStore(database: Database) {
  const all = database.prepare(`SELECT ${columns} FROM model ORDER BY created_at DESC, rowid DESC`)
  const byId = database.prepare(`SELECT ${columns} FROM model WHERE id = :id`)
  const insert =
    database.prepare(`INSERT INTO model (id, name, created_at, manifest, params, run_id)
    VALUES (:id, :name, :createdAt, :manifest, :params, :runId)`)
  const rename = database.prepare('UPDATE model SET name = :name WHERE id = :id')
  const replaceManifest = database.prepare('UPDATE model SET manifest = :manifest WHERE id = :id')
  const remove = database.prepare('DELETE FROM model WHERE id = :id')

  const find = (id: string) => ModelRow.optional().parse(byId.get({ id }) ?? undefined)
  return {
    /** Newest first; of one date, which packages of one training share, the one that came last. */
    all: () => z.array(ModelRow).parse(all.all()),
    find,
    /** Throws NOT_FOUND for an id that is not in the library. */
    get(id: string): StoredModel {
      const model = find(id)
      if (!model) throw new AppError('NOT_FOUND', 'This model is not in the library any more')
      return model
    },
    insert: ({ id, createdAt, manifest, params, runId }: StoredModel) =>
      void insert.run({
        ...{ id, createdAt, params, runId },
        name: manifest.name,
        manifest: toJson(manifest),
      }),
    rename: (id: string, name: string) => void rename.run({ id, name }),
    /** The library's own name for it stays. */
    replaceManifest: (id: string, manifest: ModelManifest) =>
      void replaceManifest.run({ id, manifest: toJson(manifest) }),
    delete: (id: string) => void remove.run({ id }),
  }
}
