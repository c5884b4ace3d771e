import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'

const configuration =
  /^(electron\.vite\.config\.ts|svelte\.config\.mjs|tsconfig.*\.json|package(-lock)?\.json)$/
const test = /\.test\.ts$/

/**
 * A fingerprint of what the build of a checkout depends on: its configuration and the folders of `src`, less
 * those in `except`. Contents count, dates do not.
 */
export function fingerprint(root, except = []) {
  const isIgnored = (path) => test.test(path) || except.includes(path.split(sep)[1])
  const configurations = readdirSync(root).filter((name) => configuration.test(name))
  const sources = existsSync(join(root, 'src')) ? filesBelow(root, 'src') : []
  const hash = createHash('sha256')
  for (const path of [...configurations, ...sources].sort()) {
    if (!isIgnored(path))
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0')
  }
  return hash.digest('hex')
}

const filesBelow = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(root, path) : [path]
  })
