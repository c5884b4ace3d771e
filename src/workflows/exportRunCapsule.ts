import { join } from 'node:path'
import { AppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'

interface Order {
  readonly runId: string
  /** The zip file to write. */
  readonly file: string
}

/** Throws NOT_FOUND when the run has no model, or its data set was deleted. */
export function requireCapsule({ store }: Pick<Library, 'store'>, runId: string) {
  const { name, modelId, datasetId } = store.runs.get(runId)
  if (modelId !== undefined && datasetId !== undefined) return { name, modelId, datasetId }
  throw new AppError(
    'NOT_FOUND',
    `The run '${name}' has no ${modelId === undefined ? 'model' : 'data set'} any more, so it makes no capsule`,
  )
}

/**
 * Writes a run with its model as a capsule; answers how many films it names. Throws NOT_FOUND when the run has no model,
 * or its data set or an original is gone.
 */
export async function exportRunCapsule(
  library: Library,
  { runId, file }: Order,
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<number> {
  const { store, engine } = library
  const { modelId, datasetId } = requireCapsule(library, runId)
  const images = store.images.ofDataset(datasetId)
  await requireOriginals(images)
  const order = {
    runFolder: join(store.folder.runs, runId),
    modelFolder: modelFolder(library, modelId),
    paths: images.map(({ path }) => path),
    file,
  }
  const { films } = await engine.exportCapsule(order, { signal, onProgress: report })
  store.audit.append('export', modelId, { as: 'capsule', films })
  return films
}
