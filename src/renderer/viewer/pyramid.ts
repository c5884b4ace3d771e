import type { Samples } from '../../shared/filmEnvelope.ts'
import { halved, halvedSize, levelsOf, type Level } from '../../shared/halved.ts'
import { isColour, type Film } from './film.ts'

/** The film and its halvings, each pixel the mean of the two by two below it: what a small film is drawn from. */
export interface Pyramid {
  readonly levels: number
  /** The finest that is there: 0, or more for a film whose pixels are here halved alone. */
  readonly finest: number
  /** From `finest` on; 0 is the film itself. Made when it is asked for first, because most films are seen in one size. */
  readonly level: (index: number) => Level
}

const known = new WeakMap<Film, Pyramid>()

export function pyramid(film: Film): Pyramid {
  const found = known.get(film)
  if (found) return found
  const finest = film.halvings
  const made: Level[] = []
  made[finest] = levelOf(film)
  const level = (index: number): Level => (made[index] ??= halved(level(index - 1)))
  const whole = { levels: Math.max(levelsOf(film), finest + 1), finest, level }
  known.set(film, whole)
  return whole
}

/** What is here of the film, with padding made the darkest of its values so that its edge stays dark in every mean. */
export function levelOf(film: Film): Level {
  const size = halvedSize(film, film.halvings)
  return { samples: withoutPadding(film), ...size, channels: isColour(film) ? 3 : 1 }
}

function withoutPadding({ samples, description, minimum, maximum, inverted }: Film): Samples {
  const { padding, slope, intercept } = description
  if (!padding) return samples
  const darkest = ((inverted ? maximum : minimum) - intercept) / slope
  const { from, to } = padding
  return samples.map((sample) => (sample >= from && sample <= to ? darkest : sample))
}
