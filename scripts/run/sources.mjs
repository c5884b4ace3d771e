import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'

const configuration =
  /^(electron\.vite\.config\.ts|svelte\.config\.mjs|tsconfig.*\.json|package(-lock)?\.json)$/
const test = /\.test\.ts$/

/**
 * A fingerprint of what the build of a checkout depends on: its configuration, the folders of `src` and the pages of the
 * help with what makes them, less the folders in `except`. Contents count, dates do not.
 */
export function fingerprint(root, except = []) {
  const isIgnored = (path) =>
    test.test(path) ||
    path
      .split(sep)
      .slice(0, 2)
      .some((part) => except.includes(part))
  const configurations = readdirSync(root).filter((name) => configuration.test(name))
  const sources = ['src', 'help', join('scripts', 'program')].flatMap((each) => filesBelow(root, each)) // prettier-ignore
  const pages = filesBelow(root, 'docs').filter((path) => path.endsWith('.md'))
  const hash = createHash('sha256')
  for (const path of [...configurations, ...sources, ...pages].sort()) {
    if (!isIgnored(path))
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0')
  }
  return hash.digest('hex')
}

const filesBelow = (root, folder) => {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(root, path) : [path]
  })
}
