/** What training, screening and explanation ask of a network, whatever computes it. */
import type { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import type { Fill } from '../../shared/domain/training.ts'

/** Decoded films at the network's input size. */
export interface FilmBatch {
  readonly count: number
  /** 1: grey (repeated in the graph where the network wants three channels); 3: red, green, blue. */
  readonly channels: 1 | 3
  /** [count, height, width, channels], 0–255. */
  readonly pixels: Uint8Array
}

/** One random change for each film of a batch; see `data/augment.ts`. */
export interface AugmentedBatch {
  /**
   * [count, 8]: rows [a0 a1 a2 b0 b1 b2 c0 c1] of the projective transform from output to input pixels,
   * x' = (a0 x + a1 y + a2) / (c0 x + c1 y + 1), as TensorFlow's ImageProjectiveTransformV3 takes them.
   */
  readonly transforms: Float32Array
  readonly fill: Fill
  /** [count, 4]: brightness offset (share of full range), contrast factor, gamma, noise deviation. */
  readonly photometric?: Float32Array
  /** [count, 4]: top, left, bottom, right of the blanked square in pixels; all 0 blanks nothing. */
  readonly cutout?: Float32Array
  /**
   * [count], ½–1: how much of each film stays its own; the rest is its neighbour in the batch, whose label counts as much
   * (mixup). Film 2k is mixed with film 2k + 1, and the other way round; a last film without neighbour stays as it is.
   */
  readonly ownShares?: Float32Array
}

export interface TrainBatch {
  readonly films: FilmBatch
  /** Class indices. */
  readonly labels: Int32Array
  /** One weight a film; absent: 1 each. */
  readonly weights?: Float32Array
  /** [count], 0–1: how much of each film counts as the other of two classes. For two classes only; absent: nothing. */
  readonly doubts?: Float32Array
  readonly augmentation?: AugmentedBatch
  /** Makes dropout and noise of this step repeatable. */
  readonly seed: number
}

/** Sums over the batch, so that epochs of unequal batches add up exactly. */
export interface StepFigures {
  /** Sum over the films of weight × (loss), plus count × penalty: divide by count for the mean. */
  readonly lossSum: number
  readonly correct: number
  readonly count: number
}

export interface NamedArray {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export interface NetworkOptions {
  readonly spec: ModelSpec
  /** How stored pixels become input. */
  readonly scale: Scale
  /** Initial weights are drawn from it. */
  readonly seed: number
  /** Peak memory to aim at, bytes; larger batches are split and gradients added where that is exact. */
  readonly memoryBudgetBytes: number
  /** Largest decay of the weights' exponential moving average (`averageShareAt`); absent: off. */
  readonly weightAverage?: number
  /** Prediction only: no gradients, no optimiser state. */
  readonly inferenceOnly?: boolean
}

export interface PredictionWithFeatures {
  /** [count, outputs]. */
  readonly probabilities: Float32Array
  /** [count, channels]; empty for a network without an image. */
  readonly features: Float32Array
}

export interface Network {
  readonly spec: ModelSpec
  /** One optimiser step. Throws OUT_OF_MEMORY (naming the budget) or NUMERIC on a loss that is not finite. */
  trainStep(batch: TrainBatch, learningRate: number): StepFigures
  /** [count, outputs] probabilities, outputs = 1 for a sigmoid end. Uses the averaged weights when they are kept. */
  predict(films: FilmBatch): Float32Array
  /** As `predict`, with the mean of each channel of the last image (see `lastImage.ts`). */
  predictWithFeatures(films: FilmBatch): PredictionWithFeatures
  /** As `predict`, computed in bfloat16; absent where that cannot be. Faster on some processors, but less exact. */
  readonly predictInBfloat16?: ((films: FilmBatch) => Float32Array) | undefined
  readonly predictWithFeaturesInBfloat16?:
    ((films: FilmBatch) => PredictionWithFeatures) | undefined
  /** Layer weights under `layer/kernel`, `layer/bias`, `layer/gamma` …, in the order of the summary. */
  readWeights(kind: 'current' | 'averaged'): NamedArray[]
  writeWeights(weights: readonly NamedArray[]): void
  /** Slots and step count of the optimiser, and current + averaged weights where both exist: for an exact resume. */
  readTrainingState(): NamedArray[]
  writeTrainingState(state: readonly NamedArray[]): void
  /** Frees every graph variable. */
  dispose(): void
}
