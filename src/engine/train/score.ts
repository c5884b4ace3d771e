/** Figures of a network on films that are decoded already. */
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { Part } from '../../shared/domain/part.ts'
import { batchesOf } from '../data/batches.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { Network } from '../graph/network.ts'
import { rowsOf } from '../predict/rows.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/** Enough to keep the processor busy; more only takes memory. */
const filmsAtOnce = 32

export interface Scoring {
  readonly network: Network
  readonly films: TrainingFilms
  readonly part: Part
  readonly classes: readonly string[]
  readonly threshold?: number
}

/** Undefined without films. The event loop turns between batches, and `onBatch` may throw to stop. */
export async function evaluatePart(
  { network, films, part, classes, threshold }: Scoring,
  onBatch: (done: number) => void,
): Promise<Evaluation | undefined> {
  const places = films.places[part]
  if (places.length === 0) return undefined
  const rows: Float32Array[] = []
  for await (const batch of batchesOf(films.source, places, filmsAtOnce)) {
    await turnOfTheLoop()
    onBatch(rows.length)
    rows.push(...rowsOf(network.predict(batch.films), batch.films.count))
  }
  onBatch(rows.length)
  const labels = places.map((place) => films.labels[place]!)
  return evaluate(rows, labels, classes, threshold)
}
