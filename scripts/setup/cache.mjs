import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { withLock } from './locks.mjs'
import { cacheFolder, sha256 } from './paths.mjs'

/** Where the cache keeps `name` as made from these ingredients: other ingredients, another place. */
export const cachedPath = (name, ingredients) =>
  join(cacheFolder, `${name}-${sha256(JSON.stringify(ingredients)).slice(0, 12)}`)

/**
 * A cached folder, made by `make(folder)` when it is not there yet. It is filled under a temporary name and
 * renamed when complete and on disk, so that a folder under its own name is always whole.
 */
export async function cached(name, ingredients, make) {
  const path = cachedPath(name, ingredients)
  if (existsSync(path)) return path
  mkdirSync(cacheFolder, { recursive: true })
  await withLock(basename(path), async () => {
    if (existsSync(path)) return
    removeLeftovers(path)
    const part = mkdtempSync(`${path}.part-`)
    try {
      await make(part)
      flush(part)
      renameSync(part, path)
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      throw error
    }
  })
  return path
}

/** Whoever made these was killed: we hold the lock. */
function removeLeftovers(path) {
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(`${basename(path)}.part-`)) {
      rmSync(join(dirname(path), name), { recursive: true, force: true })
    }
  }
}

/** Without this, a power cut soon after the rename could leave empty files behind a name that means whole. */
function flush(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) flush(path)
    else if (entry.isFile()) flushFile(path)
  }
}

function flushFile(path) {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
