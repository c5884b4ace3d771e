/** What a person changes in a data set, its versions and its saved views. */
import { z } from 'zod'
import { ImageFilter, SavedView } from '../../domain/dataset.ts'
import {
  DatasetEdit,
  DatasetVersion,
  EditHistory,
  FilmChange,
  VersionDiff,
} from '../../domain/datasetEdit.ts'
import { procedure } from '../../rpc/contract.ts'
import { id, name } from './fields.ts'

export const editsContract = {
  savedViews: procedure({ input: z.object({ datasetId: id }), output: z.array(SavedView) }),
  /** Takes the place of a view of the same name. */
  saveView: procedure({
    input: z.object({ datasetId: id, name, filter: ImageFilter }),
    output: z.void(),
  }),
  deleteView: procedure({ input: z.object({ viewId: id }), output: z.void() }),
  /** Changes films as one step that can be taken back; answers how many changed. */
  editFilms: procedure({
    input: z.object({
      datasetId: id,
      imageIds: z.array(id).min(1).max(100_000),
      change: FilmChange,
    }),
    output: z.object({ changed: z.int() }),
  }),
  editHistory: procedure({ input: z.object({ datasetId: id }), output: EditHistory }),
  /** Both answer the edit that was taken back or done again. */
  undoEdit: procedure({ input: z.object({ datasetId: id }), output: DatasetEdit }),
  redoEdit: procedure({ input: z.object({ datasetId: id }), output: DatasetEdit }),
  /** The data set as it was after each change; the last is how it is now. */
  datasetVersions: procedure({
    input: z.object({ datasetId: id }),
    output: z.array(DatasetVersion),
  }),
  diffVersions: procedure({
    input: z.object({ datasetId: id, from: z.int().min(1), to: z.int().min(1) }),
    output: VersionDiff,
  }),
}
