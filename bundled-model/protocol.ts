/** What was fixed before the model was trained; docs/bundled-model.md gives the reasons. */
import { Augmentation, TrainingSettings } from '../src/shared/domain/training.ts'
import type { ModelSpec } from '../src/shared/domain/modelSpec.ts'
import { efficientnetLite, type Size, type Variant } from './efficientnetLite.ts'
import { forkedSpec } from './fork.ts'
import { smallNetwork } from './smallNetwork.ts'

export const modelName = 'bundled'
export const classes = ['NORMAL', 'PNEUMONIA'] as const

/** Patients are dealt to folds by this seed, whatever seed a training has. */
export const split = { folds: 5, seed: 2026 } as const

export interface Run {
  /** From 1: the one that is watched. */
  readonly fold: number
  readonly seed: number
  /** Where it is not the protocol's own. */
  readonly other?: OtherName
}
/** Whose weights ship: a rule, so that no run is chosen by its luck. */
export const shipped: Run = { fold: 1, seed: 1, other: 'forked' }
/** Of the three zones: cases that may lie below, and healthy films that may lie above. */
export const risks = { missAtMost: 0.01, falseAlarmAtMost: 0.05 } as const

/** Training films, drawn anew in each epoch. */
export const augmentation = Augmentation.parse({
  flipHorizontal: true,
  rotation: 10,
  scale: 0.3,
  aspect: 0.15,
  shift: 0.06,
  brightness: 0.1,
  contrast: 0.3,
  gamma: 0.55,
  noise: 0.008,
  markings: 0.8,
  patches: 0.35,
  equalise: 0.26,
  sharpness: 0.45,
  curve: 0.3,
  fill: 'varied',
})

/** All that the un-hardened baseline gets. */
const mirrored = Augmentation.parse({ flipHorizontal: true })

/** Copies of validation films that are changed as training films are: what stress figures and the threshold rest on. */
export const stress = { copies: 2, seed: 4711 } as const

export const size: Size = 'lite0'

const network = {
  size,
  side: 192,
  frozenBlocks: 3,
  dropout: 0.3,
  labelSmoothing: 0.05,
  momentum: 0.9,
  optimiser: {
    ...{ kind: 'adamw', learningRate: 4e-4, weightDecay: 0.02 },
    ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  },
} satisfies Variant
export const spec = efficientnetLite(modelName, network)

export const settings = TrainingSettings.parse({
  epochs: 8,
  batchSize: 32,
  validationShare: 0,
  augmentation,
  preprocessing: { version: 2, resize: 'area', scale: { kind: 'centre' } },
  classWeights: true,
  schedule: { kind: 'cosine', warmup: 0.1 },
  keep: 'last',
  weightAverage: 0.99,
  memoryBudgetMb: 6000,
})

interface Other {
  /** Small: no EfficientNet, and from nothing. */
  readonly network?: Partial<Variant> | 'small'
  readonly settings?: Partial<TrainingSettings>
  /** Seeds of the trainings of the same fold whose scores the labels are blended with. */
  readonly teachers?: readonly number[]
  /** Seeds of the trainings of the same fold that are joined in one network. */
  readonly parts?: readonly number[]
  /** What part of each side of a film is looked at, in its middle. */
  readonly middle?: number
}

/** What else was tried, each beside the protocol's training of the same fold and seed. */
export const others = {
  unhardened: { settings: { augmentation: mirrored } },
  mixup: { settings: { augmentation: { ...augmentation, mixup: 0.2 } } },
  unfrozen: { network: { frozenBlocks: 0 } },
  smaller: { network: { side: 128 }, settings: { epochs: 6 } },
  longer: { settings: { epochs: 12 } },
  lite1: { network: { size: 'lite1', side: 240 } },
  small: { network: 'small', settings: { epochs: 12 } },
  // Most markers and borders lie in the outer twelfth.
  inner: { middle: 5 / 6 },
  // Its teachers' scores are smoothed already.
  distilled: { network: { labelSmoothing: 0 }, teachers: [1, 2, 3] },
  // More branches would be larger than the 15 MB that a package may have.
  forked: { parts: [1, 2] },
} satisfies Readonly<Record<string, Other>>
export type OtherName = keyof typeof others

const otherOf = (name: OtherName | undefined): Other => (name === undefined ? {} : others[name])
export function specOf(name: OtherName | undefined): ModelSpec {
  const { network: own, parts } = otherOf(name)
  if (parts) return forkedSpec(spec, parts.length)
  return own === 'small'
    ? smallNetwork(modelName, {
        ...network,
        optimiser: { ...network.optimiser, learningRate: 2e-3 },
      })
    : efficientnetLite(modelName, { ...network, ...own })
}
/** Whose published weights a training starts from; undefined: from drawn ones. */
export function startOf(name: OtherName | undefined): Size | undefined {
  const own = otherOf(name).network
  return own === 'small' ? undefined : (own?.size ?? size)
}
/** Trainings that must have ended before: whose scores a run learns from, and which it joins. */
export const teachersOf = (run: Run): Run[] => besides(run, otherOf(run.other).teachers)
export const partsOf = (run: Run): Run[] => besides(run, otherOf(run.other).parts)
const besides = ({ fold }: Run, seeds: readonly number[] = []): Run[] =>
  seeds.map((seed) => ({ fold, seed }))
export const middleOf = (name: OtherName | undefined): number => otherOf(name).middle ?? 1
export const settingsOf = (name: OtherName | undefined): TrainingSettings => ({
  ...settings,
  ...otherOf(name).settings,
})
