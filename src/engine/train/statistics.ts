/** What a training measures of its own films before it begins. */
import type { TrainingPlan } from '../../shared/domain/training.ts'
import { batchesOf, type FilmSource } from '../data/batches.ts'
import type { TrainingFilms } from './trainingFilms.ts'

const FILMS_AT_ONCE = 256
const LEVELS = 256

interface Statistics {
  /** By stored channel, on the scale 0–255. */
  readonly mean: number[]
  readonly deviation: number[]
}

/**
 * The plan with the mean and deviation of the training films, where its normalisation asks for them. They follow from
 * the films alone, so that a resumed training finds the same.
 */
export async function withStatistics(
  plan: TrainingPlan,
  { source, places }: Pick<TrainingFilms, 'source' | 'places'>,
): Promise<TrainingPlan> {
  const { preprocessing } = plan.settings
  const { scale } = preprocessing
  if (typeof scale === 'string' || scale.kind !== 'dataset' || scale.measured) return plan
  const measured = await measure(source, places.train)
  const completed = { version: 2, resize: preprocessing.resize, scale: { ...scale, measured } } as const // prettier-ignore
  return { ...plan, settings: { ...plan.settings, preprocessing: completed } }
}

/** Mean and deviation of all pixels of these films by channel: exact, from how often each level occurs. */
export async function measure(source: FilmSource, places: readonly number[]): Promise<Statistics> {
  let counts: Float64Array[] = []
  for await (const { films } of batchesOf(source, places, FILMS_AT_ONCE)) {
    const { channels, pixels } = films
    if (counts.length === 0)
      counts = Array.from({ length: channels }, () => new Float64Array(LEVELS))
    for (let at = 0; at < pixels.length; at += channels)
      for (let channel = 0; channel < channels; channel++)
        counts[channel]![pixels[at + channel]!]!++
  }
  const moments = counts.map(momentsOf)
  return {
    mean: moments.map(({ mean }) => mean),
    deviation: moments.map(({ deviation }) => deviation),
  }
}

function momentsOf(counts: Float64Array): { mean: number; deviation: number } {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = counts.reduce((sum, count, level) => sum + count * level, 0) / total
  const squares = counts.reduce((sum, count, level) => sum + count * (level - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / total) }
}
