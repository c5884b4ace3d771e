import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder, links left out; with `folders` the folders too, itself first. */
export function filesBelow(folder, { folders = false } = {}) {
  const inside = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, { folders })
    return entry.isFile() ? [path] : []
  })
  return folders ? [folder, ...inside] : inside
}

export const bytesBelow = (path) =>
  lstatSync(path).isDirectory()
    ? filesBelow(path).reduce((sum, file) => sum + lstatSync(file).size, 0)
    : lstatSync(path).size
