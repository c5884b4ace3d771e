/** Names of films as another machine had them: «C:/data/xray/train/1.png», «/kaggle/input/train/1.png». */
import type { FindFilm } from './findFilm.ts'

/** Fewer names tell nothing of what they have in common. */
const LEAST_NAMES = 5
/** Share of the names that are not found which have to begin alike. */
const ALIKE = 0.9

/**
 * A finder that leaves out the folders which most of the `names` begin with, where more than half of them are found so
 * and not otherwise. What is left of a name is looked for as any other: it leads nowhere outside either.
 */
export function belowForeignFolders(
  find: FindFilm,
  names: readonly string[],
): { readonly find: FindFilm; readonly below?: string } {
  const missing = names.filter((name) => find(name).kind === 'missing').map(foldersOf)
  if (missing.length < LEAST_NAMES || missing.length <= names.length / 2) return { find }
  const common = beginningOf(missing)
  for (let depth = 1; depth <= common.length; depth++) {
    const below = common.slice(0, depth).join('/')
    const found = missing.filter((parts) => find(parts.slice(depth).join('/')).kind === 'found')
    if (found.length <= missing.length / 2) continue
    return {
      below,
      find: (name) => {
        const asIs = find(name)
        const plain = foldersOf(name).join('/')
        if (asIs.kind === 'found' || !plain.startsWith(`${below}/`)) return asIs
        const rest = plain.slice(below.length + 1)
        const told = find(rest)
        if (told.kind === 'found' || told.code !== 'NOT_FOUND') return told
        // By the name that the table has, whatever signs are in it.
        return { ...told, reason: told.reason.replace(rest, () => plain) }
      },
    }
  }
  return { find }
}

/** A path's folders and name; the first is empty where it begins with a slash. */
const foldersOf = (name: string): string[] => name.trim().replace(/\\+/g, '/').split('/')

/** Folders that nearly all begin with; none that leads upwards. */
function beginningOf(paths: readonly (readonly string[])[]): string[] {
  const common: string[] = []
  for (;;) {
    const at = common.length
    const counts = new Map<string, number>()
    for (const parts of paths) {
      const folder = parts[at]
      const isBelow = common.every((part, depth) => parts[depth] === part)
      if (isBelow && folder !== undefined && at < parts.length - 1)
        counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    const [next, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['..', 0]
    if (next === '..' || count < ALIKE * paths.length) return common
    common.push(next)
  }
}
