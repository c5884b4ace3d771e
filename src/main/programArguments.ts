/** The value of `--library FOLDER` or `--library=FOLDER`; undefined when it is not given. */
export function libraryOption(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--library')
  if (at >= 0) return argv[at + 1]
  const joined = argv.find((argument) => argument.startsWith('--library='))
  return joined?.slice('--library='.length)
}
