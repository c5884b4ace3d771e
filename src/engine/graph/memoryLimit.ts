/** How much memory a training step may take, decided before it runs: TensorFlow does not survive every failed allocation. */
import { totalmem } from 'node:os'
import { AppError } from '../../shared/errors.ts'
import { RUNTIME_BYTES, trainingBytes, type Unkept } from '../models/costs.ts'
import type { ShapedModel } from '../models/shapes.ts'
import { filmsPerPiece } from './pieces.ts'

/** Estimates may be off by a tenth. */
const CAUTION = 0.9

/** Resident bytes that this process can have: the machine's, or fewer where TensorFlow's own arena is bounded. */
export function affordableBytes(
  machineBytes = totalmem(),
  arena = process.env['TF_MKL_ALLOC_MAX_BYTES'],
): number {
  const arenaBytes = Number(arena)
  if (!(arenaBytes > 0)) return machineBytes
  return Math.min(machineBytes, RUNTIME_BYTES + CAUTION * arenaBytes)
}

/**
 * Films of one piece at most, so that a step of `count` films stays within the budget, or within what can be had where
 * that is less. Throws OUT_OF_MEMORY, naming the budget, when the least that the network needs cannot be had.
 */
export function affordablePiece(
  model: ShapedModel,
  count: number,
  budgetBytes: number,
  unkept?: Unkept,
  affordable = affordableBytes(),
): number {
  const most = filmsPerPiece(model, Math.min(budgetBytes, affordable), unkept)
  const neededBytes = trainingBytes(model, Math.min(most, count), unkept)
  if (neededBytes <= affordable) return most
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  throw new AppError(
    'OUT_OF_MEMORY',
    `A training step of ${model.spec.name} needs about ${megabytes(neededBytes)}; there are ${megabytes(affordable)} (budget ${megabytes(budgetBytes)}). Lower the batch size or the input size.`,
  )
}
