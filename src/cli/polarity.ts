/** `--polarity`: films whose files tell black from white wrong, as the caller says. */
import { listedFilms } from './listedFilms.ts'
import type { OptionSpec } from './verb.ts'

export const polarityOption: Readonly<Record<string, OptionSpec>> = {
  polarity: {
    type: 'string',
    value: 'P',
    help: 'file (usual); turned: black and white are exchanged in every film; or a text file that names such films',
  },
}

/**
 * The paths of the films whose black and white are exchanged. Throws UsageError for a list that is not there or names a
 * film that is not among them.
 */
export async function turnedFilms(
  polarity: string | undefined,
  films: readonly { readonly path: string }[],
): Promise<string[]> {
  if (polarity === undefined || polarity === 'file') return []
  const turned = polarity === 'turned' ? films : await listedFilms(polarity, films)
  return turned.map(({ path }) => path)
}

/** Of one film, for a table. */
export const turnedFilm = 'black and white exchanged, as --polarity asks'

/** Of all films, for a person; empty where none is turned. */
export const turnedWords = (count: number): string =>
  count === 0 ? '' : `black and white exchanged in ${count}`

/** The films with those marked whose black and white are exchanged. Throws as `turnedFilms`. */
export async function withPolarity<T extends { readonly path: string }>(
  films: readonly T[],
  polarity: string | undefined,
): Promise<(T & { readonly turned?: true })[]> {
  const turned = new Set(await turnedFilms(polarity, films))
  return films.map((film) => (turned.has(film.path) ? { ...film, turned: true } : film))
}

export const turnedCount = (films: readonly { readonly turned?: true | undefined }[]): number =>
  films.filter(({ turned }) => turned).length

/** The name of the data, with what was done to its films: it goes into the model's card. */
export function describedData(
  name: string,
  films: readonly { readonly turned?: true | undefined }[],
): string {
  const words = turnedWords(turnedCount(films))
  return words === '' ? name : `${name} (${words} of ${films.length} films)`
}
