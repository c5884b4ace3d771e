/** A data set's films as a split has to know them: also with those that are nearly equal. */
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'

export interface SplitFilm extends StoredImage {
  /** Its group of nearly equal films, where the check of quality found one. */
  readonly near?: string | undefined
}

/**
 * All films in the data set's order. Before the first check of quality none has a group; groups of which a person said
 * that nothing is wrong with them are none.
 */
export function splitFilms({ store }: Pick<Library, 'store'>, datasetId: string): SplitFilm[] {
  const groups = store.quality.nearGroups(datasetId)
  const images = store.images.ofDataset(datasetId)
  if (groups.size === 0) return images
  return images.map((image) => ({ ...image, near: groups.get(image.pixelHash) }))
}
