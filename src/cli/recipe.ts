/** Which network a verb means. */
import type { engineContract } from '../shared/contracts/engine.ts'
import { InputShape } from '../shared/domain/modelSpec.ts'
import type { Recipe } from '../shared/domain/recipe.ts'
import { TrainingSettings } from '../shared/domain/training.ts'
import type { Client } from '../shared/rpc/contract.ts'
import { markedLine, placeIn } from '../shared/textPlace.ts'
import { UsageError } from './usageError.ts'
import type { OptionSpec } from './verb.ts'

export const recipeOptions: Readonly<Record<string, OptionSpec>> = {
  preset: { type: 'string', value: 'NAME', help: 'a published recipe, such as pneumonia-vgg-lite' },
  spec: { type: 'string', value: 'TEXT', help: "a network in notation: 'C: 16n 16n d¼ D: 16R L2'" },
  input: { type: 'string', value: 'HxWxC', help: 'another input size, such as 224x224x3' },
}

/** What the published configurations take. */
const publishedInput: InputShape = { height: 180, width: 180, channels: 3 }

export interface Choice {
  readonly preset?: string | undefined
  readonly spec?: string | undefined
  readonly input?: string | undefined
}

export interface ChosenNetwork extends Pick<Recipe, 'spec' | 'settings'> {
  /** The preset's name, or the notation. */
  readonly recipe: string
}

interface Fit {
  /** Where neither the preset nor the person says it. */
  readonly input?: InputShape
  readonly classes: number
}

/**
 * The network that was asked for. A notation takes `fit`; a preset keeps its own number of classes. Throws UsageError:
 * neither or both named, an unknown preset, a mistake in the notation (with a mark under it).
 */
export async function chosenNetwork(
  { preset, spec, input }: Choice,
  fit: Fit,
  engine: Client<typeof engineContract>,
): Promise<ChosenNetwork> {
  const asked = input === undefined ? undefined : inputShape(input)
  if (spec !== undefined) {
    if (preset !== undefined) {
      throw new UsageError('--preset and --spec both name a network: give one of them')
    }
    const shape = asked ?? fit.input ?? publishedInput
    const reading = await engine.parseNotation({ text: spec, input: shape, classes: fit.classes })
    if (reading.kind === 'mistake') {
      const place = placeIn(spec, reading.position, reading.length)
      const excerpt = markedLine(spec, place)
      throw new UsageError(`--spec: ${reading.message}`, { place, excerpt })
    }
    return { recipe: reading.notation, spec: reading.spec, settings: TrainingSettings.parse({}) }
  }
  const { name, ...recipe } = await namedRecipe(preset, engine)
  const network = asked === undefined ? recipe.spec : { ...recipe.spec, input: asked }
  return { recipe: name, spec: network, settings: recipe.settings }
}

/** The preset of that name. Throws UsageError naming those there are. */
async function namedRecipe(
  preset: string | undefined,
  engine: Client<typeof engineContract>,
): Promise<Recipe> {
  const recipes = await engine.recipes()
  const names = recipes.map(({ name }) => name).join(', ')
  if (preset === undefined) {
    throw new UsageError(`--preset or --spec is missing; there are the presets ${names}`)
  }
  const recipe = recipes.find(({ name }) => name === preset)
  if (!recipe) throw new UsageError(`There is no preset «${preset}»; there are ${names}`)
  return recipe
}

/** `224x224x3`. Throws UsageError. */
function inputShape(text: string): InputShape {
  const [height, width, channels] = text.toLowerCase().split('x').map(Number)
  const shape = InputShape.safeParse({ height, width, channels })
  if (shape.success && /^\d+x\d+x\d+$/i.test(text)) return shape.data
  throw new UsageError(
    `--input ${text}: HEIGHTxWIDTHxCHANNELS is expected, up to 2048 pixels a side, 1 or 3 channels`,
  )
}
