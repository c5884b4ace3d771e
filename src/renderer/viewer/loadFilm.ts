import { AppError } from '../../shared/errors.ts'
import { unpackFilm } from '../../shared/filmEnvelope.ts'
import { lookUrl, pixelsUrl } from '../api.ts'
import { filmOf, type Film } from './film.ts'

/** What main answers when the engine ended while it read the film. */
const engineFailed = 503

/**
 * Fetches a film's pixels from main, halved as often as wanted where the film allows it. Throws AppError with the reason
 * that main gives.
 */
export const loadFilm = (imageId: string, frame: number, halvings = 0): Promise<Film> =>
  fetchFilm(pixelsUrl(imageId, frame, halvings))

/** What main has of a film that the library does not know yet. Throws as `loadFilm` does. */
export const loadLook = (lookId: string): Promise<Film> => fetchFilm(lookUrl(lookId))

async function fetchFilm(address: string): Promise<Film> {
  const response = await fetch(address)
  if (!response.ok) {
    const reason = await response.text()
    const code = response.status === engineFailed ? 'ENGINE_FAILED' : 'NOT_FOUND'
    throw new AppError(code, reason || 'The film’s pixels cannot be read')
  }
  const { description, samples, overlayBits } = unpackFilm(await response.arrayBuffer())
  return filmOf(description, samples, overlayBits)
}
