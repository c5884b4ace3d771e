/** Some films of a folder, named in a list. */
import { readFile } from 'node:fs/promises'
import { sep } from 'node:path'
import { existingPath } from './paths.ts'
import { UsageError } from './usageError.ts'

/**
 * The films that a text file names, one a line: each by its file name, with as many of its folders before it as tell it
 * apart (`NORMAL/IM-0115-0001.jpeg`). Empty lines and those that begin with # are passed over.
 * Throws UsageError when there is no such list, when it names nothing, or when a film that it names is not there: figures on
 * other films than were asked for would be none.
 */
export async function listedFilms<T extends { readonly path: string }>(
  list: string,
  films: readonly T[],
): Promise<T[]> {
  const text = await readFile(await existingPath(list), 'utf8')
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (names.length === 0) throw new UsageError(`${list}: the list names no film`)
  const missing = new Set(names)
  const wanted = new Set(names)
  const found = films.filter(({ path }) => {
    const name = namesOf(path).find((candidate) => wanted.has(candidate))
    if (name !== undefined) missing.delete(name)
    return name !== undefined
  })
  const [first] = missing
  if (first === undefined) return found
  throw new UsageError(
    `${list}: ${missing.size} of the ${names.length} films that it names are not in the data, the first: ${first}`,
  )
}

/** c, b/c and a/b/c for /a/b/c. */
function namesOf(path: string): string[] {
  const parts = path.split(sep).filter((part) => part !== '')
  return parts.map((_, at) => parts.slice(parts.length - 1 - at).join('/'))
}
