import { z } from 'zod'
import { ImageFilter, SavedView } from '../shared/domain/dataset.ts'
import type { Database } from './database.ts'
import { newId } from './newId.ts'
import { json } from './row.ts'

const ViewRow = SavedView.extend({ filter: json(ImageFilter) })

/** Filters that a person gave a name. */
export function savedViewStore(database: Database) {
  const ofDataset = database.prepare(`SELECT id, name, filter FROM saved_view
    WHERE dataset_id = :datasetId ORDER BY name, id`)
  const clear = database.prepare(
    'DELETE FROM saved_view WHERE dataset_id = :datasetId AND name = :name',
  )
  const insert = database.prepare(`INSERT INTO saved_view (id, dataset_id, name, filter)
    VALUES (:id, :datasetId, :name, :filter)`)
  const remove = database.prepare('DELETE FROM saved_view WHERE id = :id')
  return {
    ofDataset: (datasetId: string) => z.array(ViewRow).parse(ofDataset.all({ datasetId })),
    /** Takes the place of one of the same name. */
    save: (datasetId: string, name: string, filter: ImageFilter) =>
      database.transaction(() => {
        clear.run({ datasetId, name })
        insert.run({ id: newId(), datasetId, name, filter: JSON.stringify(filter) })
      }),
    delete: (id: string) => void remove.run({ id }),
  }
}
