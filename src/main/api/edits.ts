import { diffVersions } from '../../workflows/datasetVersions/diff.ts'
import { editFilms } from '../../workflows/editFilms.ts'
import type { Area, Context } from '../context.ts'

type Edits = Area<
  'editFilms' | 'editHistory' | 'undoEdit' | 'redoEdit' | 'datasetVersions' | 'diffVersions'
>

export function editsApi({ desk }: Context): Edits {
  const { edits, versions } = desk.store
  return {
    editFilms: (order) => editFilms(desk, order),
    editHistory: ({ datasetId }) => edits.history(datasetId),
    undoEdit: ({ datasetId }) => edits.undo(datasetId),
    datasetVersions: ({ datasetId }) => {
      versions.record(datasetId)
      return versions.all(datasetId)
    },
    diffVersions: (order) => diffVersions(desk, order),
    redoEdit: ({ datasetId }) => edits.redo(datasetId),
  }
}
