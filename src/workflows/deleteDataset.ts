import { rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Library } from './library.ts'
import { forgetArchiveOf } from './unpackedArchives.ts'

/**
 * Takes a data set out of the library. Originals stay; films that the library itself drew or unpacked go with it,
 * unless one of them is still on the worklist.
 */
export async function deleteDataset(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
): Promise<void> {
  const { root } = store.datasets.get(datasetId)
  store.datasets.delete(datasetId)
  const drawn = join(store.folder.samples, datasetId)
  const isNeeded = store.review
    .imageIds()
    .some((imageId) => store.images.get(imageId).path.startsWith(drawn + sep))
  if (!isNeeded) await rm(drawn, { recursive: true, force: true })
  await forgetArchiveOf({ store }, root)
}
