import { adaptSpec } from '../../../../shared/domain/adaptSpec.ts'
import {
  Optimiser,
  type InputShape,
  type ModelSpec,
  type ModelSummary,
} from '../../../../shared/domain/modelSpec.ts'
import type { NotationReading } from '../../../../shared/domain/notation.ts'
import type { Recipe } from '../../../../shared/domain/recipe.ts'
import { toAppError } from '../../../../shared/errors.ts'
import type { Api } from '../../../api.ts'

/** What the form shows of its network: the table, or why there is none. */
export type NetworkView =
  | { readonly kind: 'summary'; readonly summary: ModelSummary }
  | { readonly kind: 'problem'; readonly message: string }

const defaultOptimiser = Optimiser.parse({ kind: 'adam' })

/** The first published configuration. */
const firstNotation = 'C: 16n 16n d¼ 32n 32n d¼ D: 16R L2'

/** The network of a new run: a recipe or a notation, for the films' size and classes. */
export class NetworkDraft {
  #recipes = $state.raw<readonly Recipe[]>([])
  #recipeName = $state.raw('')
  #source: 'recipe' | 'notation' = $state('recipe')
  #text = $state.raw(firstNotation)
  #reading = $state.raw<NotationReading | undefined>(undefined)
  #input = $state.raw<InputShape>({ height: 224, width: 224, channels: 3 })
  #classes = $state.raw(2)
  #optimiser = $state.raw<Optimiser | undefined>(undefined)
  #view = $state.raw<NetworkView | undefined>(undefined)
  #asked = ''

  readonly recipes = $derived(this.#recipes)
  readonly recipe = $derived(this.#recipes.find(({ name }) => name === this.#recipeName))
  readonly source = $derived(this.#source)
  readonly text = $derived(this.#text)
  readonly input = $derived(this.#input)
  /** What is wrong with the notation and where; undefined while it is right. */
  readonly mistake = $derived(this.#reading?.kind === 'mistake' ? this.#reading : undefined)
  readonly #base: ModelSpec | undefined = $derived(
    this.#source === 'recipe'
      ? this.recipe?.spec
      : this.#reading?.kind === 'network'
        ? this.#reading.spec
        : undefined,
  )
  readonly #fitted = $derived(this.#base && fitted(this.#base, this.#input, this.#classes))
  /** Made for the films, with the optimiser that was chosen; undefined while there is none that can be trained. */
  readonly spec: ModelSpec | undefined = $derived(
    this.#fitted && 'layers' in this.#fitted
      ? { ...this.#fitted, optimiser: this.#optimiser ?? this.#fitted.optimiser }
      : undefined,
  )
  /** While there is no network, what a notation would be trained with. */
  readonly optimiser = $derived(this.#optimiser ?? this.#base?.optimiser ?? defaultOptimiser)
  /** The table of the layers, or what stands in its way; undefined while it is reckoned. */
  readonly view: NetworkView | undefined = $derived(
    this.mistake
      ? { kind: 'problem', message: 'The notation has a mistake, marked where it stands.' }
      : this.#fitted && 'problem' in this.#fitted
        ? { kind: 'problem', message: this.#fitted.problem }
        : this.#view,
  )
  readonly summary = $derived(this.view?.kind === 'summary' ? this.view.summary : undefined)
  /** As the run remembers it: the recipe's name, or the notation in its shortest writing. */
  readonly name = $derived(
    this.#source === 'recipe'
      ? this.#recipeName
      : this.#reading?.kind === 'network'
        ? this.#reading.notation
        : '',
  )
  /** Whether the last layer was changed to suit the films. */
  readonly isAdapted = $derived(
    this.#source === 'recipe' &&
      this.recipe !== undefined &&
      this.recipe.spec.classes !== this.#classes,
  )

  constructor(private readonly api: Pick<Api, 'summarise' | 'parseNotation'>) {}

  offer(recipes: readonly Recipe[]) {
    this.#recipes = recipes
  }

  /** Takes a recipe with the input and the optimiser that its source has; undefined when there is none of that name. */
  chooseRecipe(name: string): Recipe | undefined {
    const recipe = this.#recipes.find((other) => other.name === name)
    if (!recipe) return undefined
    this.#source = 'recipe'
    this.#recipeName = name
    this.#input = recipe.spec.input
    this.#optimiser = undefined
    return recipe
  }

  /** Turns to the notation, or takes what was typed. */
  async write(text: string = this.#text) {
    this.#source = 'notation'
    this.#text = text
    await this.#read()
  }

  turnToRecipes() {
    this.#source = 'recipe'
  }

  async resize(input: InputShape) {
    this.#input = input
    await this.#read()
  }

  async suit(classes: number) {
    this.#classes = classes
    await this.#read()
  }

  optimiseBy(optimiser: Optimiser) {
    this.#optimiser = optimiser
  }

  /** Reckons the table anew where something changed that it depends on. */
  async reckon(batchSize: number) {
    const spec = this.spec
    if (!spec) return
    const asked = JSON.stringify([spec, batchSize])
    if (asked === this.#asked) return
    this.#asked = asked
    const view = await this.#summarise(spec, batchSize)
    // A later change may have been answered already.
    if (asked === this.#asked) this.#view = view
  }

  async #read() {
    if (this.#source !== 'notation') return
    const order = { text: this.#text, input: this.#input, classes: this.#classes }
    const reading = await this.api.parseNotation(order)
    const isLatest =
      order.text === this.#text && order.input === this.#input && order.classes === this.#classes
    if (isLatest) this.#reading = reading
  }

  async #summarise(spec: ModelSpec, batchSize: number): Promise<NetworkView> {
    try {
      return { kind: 'summary', summary: await this.api.summarise({ spec, batchSize }) }
    } catch (cause) {
      const { code, message } = toAppError(cause)
      if (code !== 'BAD_INPUT') throw cause
      return { kind: 'problem', message }
    }
  }
}

function fitted(
  spec: ModelSpec,
  input: InputShape,
  classes: number,
): ModelSpec | { readonly problem: string } {
  try {
    return adaptSpec(spec, { input, classes })
  } catch (cause) {
    return { problem: toAppError(cause).message }
  }
}
