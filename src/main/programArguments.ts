import { resolve } from 'node:path'

/** The value of `--library FOLDER` or `--library=FOLDER`; undefined when it is not given. */
export function libraryOption(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--library')
  if (at >= 0) return argv[at + 1]
  const joined = argv.find((argument) => argument.startsWith('--library='))
  return joined?.slice('--library='.length)
}

/**
 * The films that a call of the program names, as a file manager does: every word that is no option. `argv` begins with
 * the program; relative paths count from `folder`. In a checkout the program's own folder is named too, and no film.
 */
export function filmArguments(
  argv: readonly string[],
  folder: string,
  programFolder: string,
): string[] {
  const words = argv.slice(1)
  return words
    .filter((word, at) => !word.startsWith('-') && words[at - 1] !== '--library')
    .map((word) => resolve(folder, word))
    .filter((path) => path !== resolve(programFolder))
}
