/** One optimiser step from a batch: at once, or in pieces. */
import type { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { augment } from './augmentRun.ts'
import type { AugmentedBatch, FilmBatch, TrainBatch } from './network.ts'
import { inputNames, storageOf } from './networkGraph.ts'
import { labelParts } from './mixing.ts'
import { splitBatch, type Piece } from './pieces.ts'
import { HeldTensor, type Feeds, type HostTensor, type Session } from './session.ts'
import { stepNames, trainNames } from './trainingGraph.ts'

export interface Rates {
  readonly learningRate: number
  /** The step that is made, from 1. */
  readonly step: number
  /** How far averaged weights go towards the current ones. */
  readonly averageShare: number
}

export interface StepResult {
  /** Σ weight × loss ÷ films, plus the penalty. */
  readonly loss: number
  readonly correct: number
}

/**
 * Runs a step. A film's share in loss and gradient is its weight ÷ films of the whole batch, whatever piece it is in, so
 * that sums over the pieces are what the whole batch gives, up to rounding.
 */
export function runStep(
  session: Session,
  spec: ModelSpec,
  batch: TrainBatch,
  filmsPerPiece: number,
  rates: Rates,
): StepResult {
  const together = batch.augmentation?.ownShares ? 2 : 1
  const pieces = splitBatch(batch.films.count, filmsPerPiece, together)
  const names = stepNames(storageOf(batch.films.channels))
  const scalars = scalarFeeds(spec, rates)
  if (pieces.length === 1) {
    const [loss, correct] = runPiece(session, spec, batch, pieces[0]!, 0, scalars, names.whole)
    return { loss, correct }
  }
  let [loss, correct] = [0, 0]
  for (const [index, piece] of pieces.entries()) {
    const fetch = index === 0 ? names.firstPiece : names.nextPiece
    const figures = runPiece(session, spec, batch, piece, index, new Map(), fetch)
    loss += figures[0]
    correct += figures[1]
  }
  const [penalty] = session.read(scalars, [trainNames.apply])
  return { loss: loss + penalty![0]!, correct }
}

function runPiece(
  session: Session,
  spec: ModelSpec,
  batch: TrainBatch,
  { start, end }: Piece,
  index: number,
  scalars: Feeds,
  fetch: string,
): [number, number] {
  const { films, labels, weights, doubts, augmentation } = batch
  const size = { ...spec.input, channels: films.channels }
  const length = size.height * size.width * size.channels
  const part: FilmBatch = {
    count: end - start,
    channels: films.channels,
    pixels: films.pixels.subarray(start * length, end * length),
  }
  const seed = { shape: [2], values: Int32Array.of(batch.seed, index) }
  const storage = storageOf(films.channels)
  const changes = partOf(augmentation, start, end)
  const { own, other } = labelParts({
    labels: labels.subarray(start, end),
    shares: shares(weights, start, end, films.count),
    ownShares: changes?.ownShares,
    doubts: doubts?.subarray(start, end),
  })
  const one = (values: Int32Array | Float32Array) => ({ shape: [part.count], values })
  const prepared = augment(session, part, size, changes, seed)
  try {
    const feeds: Feeds = new Map<string, HostTensor | HeldTensor>([
      ...scalars,
      [inputNames(storage)[prepared.kind], prepared.tensor],
      [trainNames.seed, seed],
      [trainNames.labels, one(own.labels)],
      [trainNames.shares, one(own.shares)],
      [trainNames.otherLabels, one(other.labels)],
      [trainNames.otherShares, one(other.shares)],
    ])
    const [loss, correct] = session.read(feeds, [fetch, stepNames(storage).correct])
    return [loss![0]!, correct![0]!]
  } finally {
    if (prepared.kind === 'raw') prepared.tensor.release()
  }
}

function shares(
  weights: Float32Array | undefined,
  start: number,
  end: number,
  films: number,
): Float32Array {
  const values = weights?.slice(start, end) ?? new Float32Array(end - start).fill(1)
  return values.map((weight) => weight / films)
}

function partOf(
  changes: AugmentedBatch | undefined,
  start: number,
  end: number,
): AugmentedBatch | undefined {
  if (changes === undefined) return undefined
  const { transforms, fill, photometric, cutout, ownShares } = changes
  return {
    transforms: transforms.subarray(start * 8, end * 8),
    fill,
    ...(photometric && { photometric: photometric.subarray(start * 4, end * 4) }),
    ...(cutout && { cutout: cutout.subarray(start * 4, end * 4) }),
    ...(ownShares && { ownShares: ownShares.subarray(start, end) }),
  }
}

/** Powers of β are ours to know, so that the graph needs no variable for them. */
function scalarFeeds({ optimiser }: ModelSpec, { learningRate, step, averageShare }: Rates): Feeds {
  const isAdam = optimiser.kind === 'adam' || optimiser.kind === 'adamw'
  const scalar = (value: number): HostTensor => ({ shape: [], values: Float32Array.of(value) })
  return new Map([
    [trainNames.learningRate, scalar(learningRate)],
    [trainNames.averageShare, scalar(averageShare)],
    [trainNames.beta1Power, scalar(isAdam ? optimiser.beta1 ** step : 0)],
    [trainNames.beta2Power, scalar(isAdam ? optimiser.beta2 ** step : 0)],
  ])
}
