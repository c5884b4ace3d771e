/** Which network a verb means. */
import type { engineContract } from '../shared/contracts/engine.ts'
import type { Recipe } from '../shared/domain/recipe.ts'
import type { Client } from '../shared/rpc/contract.ts'
import { UsageError } from './usageError.ts'
import type { OptionSpec } from './verb.ts'

export const recipeOptions: Readonly<Record<string, OptionSpec>> = {
  preset: { type: 'string', value: 'NAME', help: 'a published recipe, such as pneumonia-vgg-lite' },
  spec: { type: 'string', value: 'TEXT', help: 'a network in notation (not in this version)' },
}

interface Choice {
  readonly preset?: string | undefined
  readonly spec?: string | undefined
}

/** The preset of that name. Throws UsageError naming those there are. */
export async function recipeOf(
  { preset, spec }: Choice,
  engine: Client<typeof engineContract>,
): Promise<Recipe> {
  if (spec !== undefined) {
    throw new UsageError('--spec: this version does not read the notation yet; use --preset')
  }
  const recipes = await engine.recipes()
  const names = recipes.map(({ name }) => name).join(', ')
  if (preset === undefined) throw new UsageError(`--preset is missing; there are ${names}`)
  const recipe = recipes.find(({ name }) => name === preset)
  if (!recipe) throw new UsageError(`There is no preset «${preset}»; there are ${names}`)
  return recipe
}
