/** Films that belong together for more reasons than one. */

/**
 * The group of each film: films that share any key are of one group, and so are films that a chain of shared keys
 * leads between. A group is named by the first key of its first film.
 */
export function joinedGroups(keys: readonly (readonly string[])[]): string[] {
  const parent = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    // The way up is shortened, so that long chains stay cheap.
    for (let at = key; at !== root;) {
      const next = parent.get(at)!
      parent.set(at, root)
      at = next
    }
    return root
  }
  for (const [first, ...others] of keys) {
    if (first === undefined) continue
    for (const other of others) {
      const root = rootOf(first)
      const joined = rootOf(other)
      if (joined !== root) parent.set(joined, root)
    }
  }
  const names = new Map<string, string>()
  return keys.map(([first = '']) => {
    const root = rootOf(first)
    const name = names.get(root) ?? first
    names.set(root, name)
    return name
  })
}

interface Film {
  readonly patient: string
  readonly pixelHash: string
  /** Its group of nearly equal films, where it has one. */
  readonly near?: string | undefined
}

/** The group of each film by patient, by equal pixels and by nearly equal ones; named by a patient. */
export const filmGroups = (films: readonly Film[]): string[] =>
  joinedGroups(
    films.map(({ patient, pixelHash, near }) => [
      ...[patient, `pixels:${pixelHash}`],
      ...(near === undefined ? [] : [`near:${near}`]),
    ]),
  )
