/** What will be seen of a film that is being read for the library: kept until the window has fetched it. */
import type { FilmPixels } from '../shared/domain/filmPixels.ts'
import { AppError } from '../shared/errors.ts'
import { newId } from '../store/newId.ts'

/** By then the window has it, or nobody waits for it any more. */
const keptMs = 5000

export type Looks = ReturnType<typeof createLooks>

export function createLooks() {
  const kept = new Map<string, FilmPixels>()
  return {
    add(film: FilmPixels): string {
      const id = newId()
      kept.set(id, film)
      setTimeout(() => kept.delete(id), keptMs).unref()
      return id
    },
    /** Hands it over once. Throws NOT_FOUND for one that was handed over or given up. */
    take(id: string): FilmPixels {
      const film = kept.get(id)
      kept.delete(id)
      if (!film) throw new AppError('NOT_FOUND', 'This look at the film is gone')
      return film
    },
  }
}
