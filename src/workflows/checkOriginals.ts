/** Originals that were moved or changed since their import: noticed, and found again elsewhere. */
import { stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { CheckedFile, LostOriginal } from '../shared/domain/original.ts'
import { AppError } from '../shared/errors.ts'
import { fileOfFilm, placeOfFilm } from '../shared/filmPath.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'

interface Counted {
  done: number
  total: number
}

export interface OriginalsFound {
  readonly missing: number
  readonly changed: number
}

/** Looks at every original of a data set and remembers what it finds. Throws NOT_FOUND, CANCELLED. */
export async function checkOriginals(
  library: Library,
  datasetId: string,
  job: Job<Counted>,
): Promise<OriginalsFound> {
  const { store } = library
  store.datasets.get(datasetId)
  const images = store.images.ofDataset(datasetId)
  const known = new Map(images.map((image) => [image.path, image]))
  await follow(library, images, false, job, (checked) => {
    for (const { path, state, modifiedMs } of checked) {
      store.images.found(known.get(path)!.id, state === 'same' ? undefined : state, modifiedMs)
    }
  })
  store.datasets.checked(datasetId, new Date().toISOString())
  return countOf(store.images.lost(datasetId))
}

/**
 * Looks for originals that are missing or changed in another folder, at the same path from the folder on, and takes
 * those whose content is what was imported. Answers what is still lost. Throws NOT_FOUND, CANCELLED.
 */
export async function relinkOriginals(
  library: Library,
  { datasetId, folder }: { readonly datasetId: string; readonly folder: string },
  job: Job<Counted>,
): Promise<OriginalsFound> {
  const { store } = library
  const { root } = store.datasets.get(datasetId)
  await checkOriginals(library, datasetId, job)
  const elsewhere = new Map<string, StoredImage>()
  for (const { id } of store.images.lost(datasetId)) {
    const image = store.images.get(id)
    if (image.path.startsWith(root + sep)) elsewhere.set(join(folder, relative(root, image.path)), image) // prettier-ignore
  }
  const candidates = [...elsewhere].map(([path, image]) => ({ ...image, path }))
  await follow(library, candidates, true, job, (checked) => {
    for (const { path, state, modifiedMs } of checked) {
      if (state === 'same') store.images.relink(elsewhere.get(path)!.id, path, modifiedMs)
    }
  })
  // The folder is the data set's own once all of its films lie in it.
  const all = store.images.imported(datasetId)
  if (all.every(({ path }) => path.startsWith(folder + sep))) store.datasets.moved(datasetId, folder) // prettier-ignore
  return countOf(store.images.lost(datasetId))
}

/** With file names from the data set's folder on. */
export function lostOriginals(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
): LostOriginal[] {
  const { root } = store.datasets.get(datasetId)
  return store.images
    .lost(datasetId)
    .map(({ path, state }) => ({ file: relative(root, path), state }))
}

/**
 * For a film that is to be looked at: one call of the file system, and a hash only where that tells a change.
 * Throws CONFLICT when the file is not what was imported; a missing one is `requireOriginals`' matter.
 */
export async function requireUnchanged(
  { store, engine }: Library,
  image: StoredImage,
): Promise<void> {
  const file = await stat(fileOfFilm(image.path)).catch(() => undefined)
  if (!file) return
  const isMember = placeOfFilm(image.path).index !== undefined
  const hasSize = isMember || file.size === image.bytes
  if (hasSize && (image.modifiedMs === undefined || file.mtimeMs === image.modifiedMs)) return
  let checked: readonly CheckedFile[] = []
  await engine.checkFiles(
    { files: [fileOf(image)], thorough: false },
    { onProgress: ({ files }) => (checked = [...checked, ...files]) },
  )
  const [now] = checked
  if (!now || now.state === 'missing') return
  store.images.found(image.id, now.state === 'same' ? undefined : now.state, now.modifiedMs)
  if (now.state === 'changed') {
    throw new AppError(
      'CONFLICT',
      `${image.fileName}: the original was changed since it was imported, so that scores and labels are those of another picture: put the old file back, or import the new one`,
    )
  }
}

async function follow(
  { store, engine }: Library,
  images: readonly StoredImage[],
  thorough: boolean,
  { signal, report }: Job<Counted>,
  take: (checked: readonly CheckedFile[]) => void,
): Promise<void> {
  if (images.length === 0) return
  await engine.checkFiles(
    { files: images.map(fileOf), thorough },
    {
      signal,
      onProgress: ({ done, total, files }) => {
        store.transaction(() => take(files))
        report({ done, total })
      },
    },
  )
}

const fileOf = ({ path, bytes, modifiedMs, fileHash }: StoredImage) => ({
  ...{ path, bytes, fileHash },
  ...(modifiedMs !== undefined && { modifiedMs }),
})

const countOf = (lost: readonly { readonly state: LostOriginal['state'] }[]): OriginalsFound => ({
  missing: lost.filter(({ state }) => state === 'missing').length,
  changed: lost.filter(({ state }) => state === 'changed').length,
})
