/** Which network a configuration of a sweep means. */
import type { InputShape, ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { SweepOptions } from '../../shared/domain/sweep.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import { notationOf } from '../models/notation/fromSpec.ts'
import { parseNotation } from '../models/notation/parse.ts'
import { printNotation } from '../models/notation/print.ts'
import { notationSpec } from '../models/notation/toSpec.ts'
import { recipeNamed } from '../models/presets.ts'
import { plainNotation, varyNotation } from './varyNotation.ts'

/** What the published configurations take. */
const publishedInput: InputShape = { height: 180, width: 180, channels: 3 }

const changesNetwork = [
  'filters',
  'convolutionsPerGroup',
  'kernel',
  'pool',
  'dropout',
  'batchNorm',
  'l2',
  'denseUnits',
  'denseLayers',
  'denseDropout',
] as const satisfies readonly (keyof SweepOptions)[]

export interface SweptNetwork {
  /** The preset's name, or the notation. */
  readonly recipe: string
  readonly spec: ModelSpec
  /** As the preset has them, or all defaults. */
  readonly settings: TrainingSettings
}

/** Throws BAD_INPUT where a preset is to be changed that no notation stands for, NOT_FOUND for an unknown preset. */
export function sweptNetwork(
  options: SweepOptions,
  fit: { readonly classes: number; readonly input?: InputShape | undefined },
): SweptNetwork {
  const changes = changesNetwork.filter((option) => options[option] !== undefined)
  if (options.preset !== undefined && options.spec !== undefined) {
    throw new AppError('BAD_INPUT', 'preset and spec both name a network: give one of them')
  }
  if (options.preset === undefined) {
    const base = options.spec === undefined ? plainNotation : parseNotation(options.spec)
    const notation = varyNotation(base, options)
    const input = options.input === undefined ? (fit.input ?? publishedInput) : shapeOf(options.input) // prettier-ignore
    return {
      recipe: printNotation(notation),
      spec: notationSpec(notation, { input, classes: fit.classes }),
      settings: TrainingSettings.parse({}),
    }
  }
  const { name, spec, settings } = recipeNamed(options.preset)
  const input = options.input === undefined ? spec.input : shapeOf(options.input)
  if (changes.length === 0) return { recipe: name, spec: { ...spec, input }, settings }
  const written = notationOf(spec)
  if (written === undefined) {
    throw new AppError(
      'BAD_INPUT',
      `${changes.join(', ')} cannot change the preset ${name}, which no notation stands for; give its network as spec`,
    )
  }
  const notation = varyNotation(parseNotation(written), options)
  const { layers } = notationSpec(notation, { input, classes: spec.classes })
  return { recipe: printNotation(notation), spec: { ...spec, input, layers }, settings }
}

function shapeOf(text: string): InputShape {
  const [height, width, channels] = text.toLowerCase().split('x').map(Number)
  return { height: height!, width: width!, channels: channels === 1 ? 1 : 3 }
}
