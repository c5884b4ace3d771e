import { access } from 'node:fs/promises'
import { AppError } from '../shared/errors.ts'
import { fileOfFilm } from '../shared/filmPath.ts'
import type { StoredImage } from '../store/image.ts'

/** Throws NOT_FOUND when an original is not where it was imported from; names the first and counts them. */
export async function requireOriginals(images: readonly StoredImage[]): Promise<void> {
  const missing: StoredImage[] = []
  for (let at = 0; at < images.length; at += 256) {
    const batch = images.slice(at, at + 256)
    const present = await Promise.all(batch.map(({ path }) => isThere(path)))
    missing.push(...batch.filter((_, index) => !present[index]))
  }
  const [first] = missing
  if (!first) return
  const many = missing.length > 1 ? ` (and ${missing.length - 1} more of ${images.length})` : ''
  throw new AppError(
    'NOT_FOUND',
    `${first.fileName}${many}: the original is not where it was imported from. ` +
      'Put the folder back (or connect its drive), or import it again from its new place.',
  )
}

const isThere = (path: string): Promise<boolean> =>
  access(fileOfFilm(path)).then(
    () => true,
    () => false,
  )
