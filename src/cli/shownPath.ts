/** Paths in results read as the person typed them: what was given from the current folder on stays so. */
import { isAbsolute, join, relative, resolve, sep } from 'node:path'

export type ShownPath = (path: string) => string

/** Names files below the paths that were `given`; others keep their full path. */
export function shownBelow(given: readonly string[], folder = process.cwd()): ShownPath {
  const roots = given.map((path) => ({ path, absolute: resolve(folder, path) }))
  return (path) => {
    const root = roots.find(({ absolute }) => path === absolute || path.startsWith(absolute + sep))
    if (!root || isAbsolute(root.path)) return path
    return join(root.path, relative(root.absolute, path))
  }
}
