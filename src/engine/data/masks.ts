/** Drawings of lungs that data sets for segmentation have beside each film. */
import { basename, dirname } from 'node:path'

/** Leaves out the files in a folder `masks` that lies beside one `images`, as in «COVID-19 Radiography Database». */
export function withoutMasks<T extends { readonly files: readonly string[] }>(
  walk: T,
): T & { readonly masks: readonly string[] } {
  const folders = [...new Set(walk.files.map(dirname))]
  const besideImages = new Set(folders.filter(isOfImages).map(dirname))
  const isMask = (path: string) => isOfMasks(dirname(path)) && besideImages.has(dirname(dirname(path))) // prettier-ignore
  return {
    ...walk,
    files: walk.files.filter((path) => !isMask(path)),
    masks: walk.files.filter(isMask),
  }
}

const isOfImages = (folder: string) => /^(?:images?|imgs?)$/i.test(basename(folder))
const isOfMasks = (folder: string) => /^(?:lung[ _-]?)?masks?$/i.test(basename(folder))
