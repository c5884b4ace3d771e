import { editFilms } from '../../workflows/editFilms.ts'
import type { Area, Context } from '../context.ts'

type Edits = Area<'editFilms' | 'editHistory' | 'undoEdit' | 'redoEdit'>

export function editsApi({ desk }: Context): Edits {
  const { edits } = desk.store
  return {
    editFilms: (order) => editFilms(desk, order),
    editHistory: ({ datasetId }) => edits.history(datasetId),
    undoEdit: ({ datasetId }) => edits.undo(datasetId),
    redoEdit: ({ datasetId }) => edits.redo(datasetId),
  }
}
