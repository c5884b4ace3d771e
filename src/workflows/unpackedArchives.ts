/** Films that came in a zip archive lie in the library's folder, for as long as something there is made of them. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Refusal } from '../shared/domain/film.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { Library } from './library.ts'

const DAY_MS = 24 * 3600 * 1000

export interface UnpackedPaths {
  readonly paths: string[]
  readonly refused: Refusal[]
}

/**
 * The paths with each zip archive replaced by the folder that its films were unpacked into. Archives that nothing was
 * made of for a day go first. Throws what the engine throws.
 */
export async function unpackedPaths(
  { store, engine }: Library,
  paths: readonly string[],
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<UnpackedPaths> {
  await forgetArchives({ store }, DAY_MS)
  const order = { paths: [...paths], folder: store.folder.archives }
  return engine.unpackArchives(order, { signal, onProgress: report })
}

/** Removes unpacked archives of which the library has no film, and which are at least so old. */
async function forgetArchives(
  { store }: Pick<Library, 'store'>,
  olderThanMs: number,
): Promise<void> {
  const { archives } = store.folder
  for (const name of await readdir(archives)) {
    const folder = join(archives, name)
    if (store.images.isAnyBelow(folder + sep)) continue
    const { mtimeMs } = await stat(folder)
    if (Date.now() - mtimeMs >= olderThanMs) await rm(folder, { recursive: true, force: true })
  }
}

/** Removes the unpacked archive that a deleted data set's films lay in, once no other film of the library is from it. */
export async function forgetArchiveOf(
  { store }: Pick<Library, 'store'>,
  root: string,
): Promise<void> {
  const { archives } = store.folder
  if (!root.startsWith(archives + sep)) return
  const folder = join(archives, root.slice(archives.length + 1).split(sep)[0]!)
  if (!store.images.isAnyBelow(folder + sep)) await rm(folder, { recursive: true, force: true })
}
