import { AppError } from '../../shared/errors.ts'
import { unpackFilm } from '../../shared/filmEnvelope.ts'
import { pixelsUrl } from '../api.ts'
import { filmOf, type Film } from './film.ts'

/** What main answers when the engine ended while it read the film. */
const engineFailed = 503

/**
 * Fetches a film's pixels from main, halved as often as wanted where the film allows it. Throws AppError with the reason
 * that main gives.
 */
export async function loadFilm(imageId: string, frame: number, halvings = 0): Promise<Film> {
  const response = await fetch(pixelsUrl(imageId, frame, halvings))
  if (!response.ok) {
    const reason = await response.text()
    const code = response.status === engineFailed ? 'ENGINE_FAILED' : 'NOT_FOUND'
    throw new AppError(code, reason || 'The film’s pixels cannot be read')
  }
  const { description, samples, overlayBits } = unpackFilm(await response.arrayBuffer())
  return filmOf(description, samples, overlayBits)
}
