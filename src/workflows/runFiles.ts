/** What runs take up on the disk, and their end. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isUnderWay } from '../shared/domain/run.ts'
import { AppError } from '../shared/errors.ts'
import type { Library } from './library.ts'

type RunIds = { readonly runIds: readonly string[] }

/** Bytes of the runs' folders: checkpoints, the split, curves. Their models are counted elsewhere. Throws NOT_FOUND. */
export async function runBytes({ store }: Pick<Library, 'store'>, { runIds }: RunIds) {
  const runs = runIds.map((runId) => store.runs.get(runId))
  const sizes = await Promise.all(runs.map(({ id }) => folderBytes(join(store.folder.runs, id))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/**
 * Deletes runs with their curves and checkpoints, all or none; models that they made stay. Answers the bytes that were
 * freed. Throws CONFLICT, naming it, when one of them waits or trains.
 */
export async function deleteRuns(
  library: Pick<Library, 'store'>,
  { runIds }: RunIds,
): Promise<number> {
  const { store } = library
  const bytes = await runBytes(library, { runIds })
  store.transaction(() => {
    for (const run of runIds.map((id) => store.runs.get(id))) {
      if (isUnderWay(run)) {
        throw new AppError('CONFLICT', `The run '${run.name}' is not finished: stop it first`)
      }
      store.runs.delete(run.id)
    }
    store.sweeps.forgetEmpty()
  })
  for (const id of runIds) await rm(join(store.folder.runs, id), { recursive: true, force: true })
  return bytes
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return folderBytes(path)
      // A file may be gone by now; then it takes up nothing.
      return stat(path).then(
        ({ size }) => size,
        () => 0,
      )
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
