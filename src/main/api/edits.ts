import type { editsContract } from '../../shared/contracts/appAreas/edits.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { diffVersions } from '../../workflows/datasetVersions/diff.ts'
import { editFilms } from '../../workflows/editFilms.ts'
import type { Context } from '../context.ts'

export function editsApi({ desk }: Context): Handlers<typeof editsContract> {
  const { datasets, edits, versions, views } = desk.store
  return {
    editFilms: (order) => editFilms(desk, order),
    editHistory: ({ datasetId }) => edits.history(datasetId),
    undoEdit: ({ datasetId }) => edits.undo(datasetId),
    datasetVersions: ({ datasetId: wanted }) => {
      const { id: datasetId } = datasets.get(wanted)
      versions.record(datasetId)
      return versions.all(datasetId)
    },
    savedViews: ({ datasetId }) => views.ofDataset(datasetId),
    saveView: ({ datasetId, name, filter }) => views.save(datasets.get(datasetId).id, name, filter),
    deleteView: ({ viewId }) => views.delete(viewId),
    diffVersions: (order) => diffVersions(desk, order),
    redoEdit: ({ datasetId }) => edits.redo(datasetId),
  }
}
