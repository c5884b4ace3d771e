/** Films that share a file: the name of the file, a mark, and which of its pictures, from 0. */

const MARK = '#idx='
const member = /^(.*)#idx=(\d+)$/s

/** A film of that file. */
export const filmInFile = (file: string, index: number): string => `${file}${MARK}${index}`

/** The file that a film lies in, and its place there; for a film with a file of its own, that file alone. */
export function placeOfFilm(path: string): { readonly file: string; readonly index?: number } {
  const found = member.exec(path)
  return found ? { file: found[1]!, index: Number(found[2]) } : { file: path }
}

/** Where the film's bytes are. */
export const fileOfFilm = (path: string): string => placeOfFilm(path).file
