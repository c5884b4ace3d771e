/** Published networks with the settings they were trained with. */
import { Recipe } from '../../shared/domain/recipe.ts'
import { AppError } from '../../shared/errors.ts'
import { digits } from './presets/digits.ts'
import { families } from './presets/families.ts'
import { pneumoniaBaseline, pneumoniaDeep, pneumoniaVggLite } from './presets/pneumonia.ts'
import { notationExample, notationLarge } from './presets/tenClasses.ts'

/** All presets, every option filled in. */
export const recipes: readonly Recipe[] = [
  pneumoniaVggLite,
  pneumoniaBaseline,
  pneumoniaDeep,
  digits,
  notationExample,
  notationLarge,
  ...families,
].map((preset) => Recipe.parse(preset))

/** The preset of that name, as `--preset` takes it. Throws NOT_FOUND naming those there are. */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((candidate) => candidate.name === name)
  if (recipe) return recipe
  const names = recipes.map((candidate) => candidate.name).join(', ')
  throw new AppError('NOT_FOUND', `There is no preset ${name}; there are ${names}`)
}
