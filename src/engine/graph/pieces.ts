/** How a batch is split so that a training step stays within its memory. */
import { fixedTrainingBytes, trainingBytesPerFilm, type Unkept } from '../models/costs.ts'
import type { ShapedModel } from '../models/shapes.ts'

export interface Piece {
  /** First film. */
  readonly start: number
  /** The film after the last. */
  readonly end: number
}

/** Films of one piece at most. Batch normalisation looks at the whole batch, so such a batch is never split. */
export function filmsPerPiece(model: ShapedModel, budgetBytes: number, unkept?: Unkept): number {
  const looksAtBatch = model.layers.some(
    ({ spec }) => spec.type === 'batchNormalization' && spec.frozen !== true,
  )
  if (looksAtBatch) return Number.POSITIVE_INFINITY
  const room = budgetBytes - fixedTrainingBytes(model)
  return Math.max(1, Math.floor(room / trainingBytesPerFilm(model, unkept)))
}

/**
 * As few pieces as fit, of lengths that differ by one at most; with `together` films that are not to be parted, by so
 * many, and of so many at least.
 */
export function splitBatch(count: number, most: number, together = 1): Piece[] {
  const groups = Math.ceil(count / together)
  const pieces = Math.max(1, Math.ceil(groups / Math.max(1, Math.floor(most / together))))
  const edge = (place: number) => Math.min(count, together * Math.floor((groups * place) / pieces))
  return Array.from({ length: pieces }, (_, place) => ({
    start: edge(place),
    end: edge(place + 1),
  }))
}
