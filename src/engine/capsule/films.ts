/** The films of a capsule on this machine: found by name below their common folder, known by their bytes. */
import { readFile } from 'node:fs/promises'
import { placeOfFilm } from '../../shared/filmPath.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import { inParallel } from '../data/inParallel.ts'
import { sha256 } from '../images/hashes.ts'
import { readIdxPicture } from '../images/idxPicture.ts'
import { commonFolder, pathsFrom } from '../train/splitFile.ts'

/** Paths by the names that a split gives them. */
export function pathsByName(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = pathsFrom(commonFolder(paths), paths)
  return new Map(names.map((name, at) => [name, paths[at]!]))
}

/** SHA-256 of each file, or of each picture in a file of many; undefined for one that cannot be read. */
export function hashFilms(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  return inParallel(paths, 8, async (path) => {
    throwIfCancelled(signal)
    return bytesOf(path).then(sha256, () => undefined)
  })
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const { file, index } = placeOfFilm(path)
  return index === undefined ? readFile(file) : (await readIdxPicture(file, index)).bytes
}
