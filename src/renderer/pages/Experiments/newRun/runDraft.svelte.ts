import { z } from 'zod'
import type { Dataset } from '../../../../shared/domain/dataset.ts'
import type { ModelSummary, ModelSpec } from '../../../../shared/domain/modelSpec.ts'
import type { Recipe } from '../../../../shared/domain/recipe.ts'
import { TrainingSettings, type Augmentation } from '../../../../shared/domain/training.ts'
import type { Api } from '../../../api.ts'
import { numberProblem, type NumberRule } from '../../../components/numberRule.ts'
import { AugmentationPreviews } from './augmentationPreviews.svelte.ts'
import { augmentationRules, learningRateRule, trainingRules } from './fields.ts'
import { freeName } from './freeName.ts'

const remembered = 'experiments.draft'

/** What is kept of a form between visits; recipes and data sets are looked up anew. */
const Remembered = z.object({
  recipe: z.string(),
  datasetId: z.string().optional(),
  learningRate: z.number(),
  settings: TrainingSettings,
})

/** By field: why its value cannot be taken. */
function problemsIn(rules: Readonly<Record<string, NumberRule>>, values: object) {
  const numbers = new Map(
    Object.entries(values).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  )
  return Object.entries(rules).flatMap(([key, rule]): [string, string][] => {
    const problem = numberProblem(rule, numbers.get(key))
    return problem === undefined ? [] : [[key, problem]]
  })
}

/** The form of a new run: recipe, data set and settings, checked as they are typed. */
export class RunDraft {
  #recipes = $state.raw<readonly Recipe[]>([])
  #datasets = $state.raw<readonly Dataset[] | undefined>(undefined)
  #takenNames = $state.raw<readonly string[]>([])
  #recipeName = $state.raw('')
  #datasetId = $state.raw<string | undefined>(undefined)
  #learningRate = $state.raw(0.001)
  #settings = $state.raw(TrainingSettings.parse({}))
  #typedName = $state.raw<string | undefined>(undefined)
  #summary = $state.raw<ModelSummary | undefined>(undefined)
  #asked = ''

  readonly recipes = $derived(this.#recipes)
  /** Undefined until the library has answered. */
  readonly datasets = $derived(this.#datasets)
  readonly recipe = $derived(this.#recipes.find(({ name }) => name === this.#recipeName))
  readonly dataset = $derived(this.#datasets?.find(({ id }) => id === this.#datasetId))
  readonly settings = $derived(this.#settings)
  readonly learningRate = $derived(this.#learningRate)
  /** Of the recipe's network at the draft's batch size; undefined while it is reckoned. */
  readonly summary = $derived(this.#summary)
  readonly name = $derived(
    this.#typedName ??
      freeName(
        [this.#recipeName, this.dataset?.name].filter(Boolean).join(' on '),
        this.#takenNames,
      ),
  )
  /** By field: why its value cannot be taken. */
  readonly problems: ReadonlyMap<string, string> = $derived(
    new Map([
      ...problemsIn(trainingRules, this.#settings),
      ...problemsIn(augmentationRules, this.#settings.augmentation),
      ...problemsIn({ learningRate: learningRateRule }, { learningRate: this.#learningRate }),
    ]),
  )

  readonly previews: AugmentationPreviews

  constructor(
    private readonly api: Pick<
      Api,
      | 'recipes'
      | 'listDatasets'
      | 'summarise'
      | 'previewAugmentation'
      | 'startTraining'
      | 'readSetting'
      | 'writeSetting'
    >,
  ) {
    this.previews = new AugmentationPreviews(api)
  }

  /** Shows the form as it was left; `datasetId` overrules the data set. */
  async open(takenNames: readonly string[], datasetId?: string) {
    const [recipes, datasets, kept] = await Promise.all([
      this.api.recipes(),
      this.api.listDatasets(),
      this.api.readSetting({ key: remembered }),
    ])
    this.#takenNames = takenNames
    this.#recipes = recipes
    this.#datasets = datasets
    const last = readRemembered(kept)
    const recipe = recipes.find(({ name }) => name === last?.recipe) ?? recipes[0]
    if (!recipe) return
    this.#take(recipe)
    if (last?.recipe === recipe.name) {
      this.#settings = last.settings
      this.#learningRate = last.learningRate
    }
    const known = datasets.find(({ id }) => id === (datasetId ?? last?.datasetId))
    const fitting = datasets.find(({ classes }) => classes.length === recipe.spec.classes)
    this.#datasetId = (known ?? fitting)?.id
    await Promise.all([this.#reckon(), this.#drawPreview()])
  }

  #take({ name, spec, settings }: Recipe) {
    this.#recipeName = name
    this.#settings = settings
    this.#learningRate = spec.optimiser.learningRate
  }

  /** Takes a recipe with the settings that its source trained it with. */
  async chooseRecipe(name: string) {
    const recipe = this.#recipes.find((other) => other.name === name)
    if (!recipe) return
    this.#take(recipe)
    await Promise.all([this.#reckon(), this.#remember(), this.#drawPreview()])
  }

  async chooseDataset(datasetId: string) {
    this.#datasetId = datasetId
    await Promise.all([this.#remember(), this.#drawPreview()])
  }

  async change(settings: Partial<TrainingSettings>) {
    this.#settings = { ...this.#settings, ...settings }
    await Promise.all([this.#reckon(), this.#remember()])
  }

  async augment(augmentation: Partial<Augmentation>) {
    await this.change({ augmentation: { ...this.#settings.augmentation, ...augmentation } })
    await this.#drawPreview()
  }

  async setLearningRate(learningRate: number) {
    this.#learningRate = learningRate
    await this.#remember()
  }

  rename(name: string) {
    this.#typedName = name
  }

  /** Starts the training and resolves to its run; undefined when the form is not whole. */
  async start(): Promise<string | undefined> {
    const { recipe, dataset } = this
    const name = this.name.trim()
    if (!recipe || !dataset || name === '' || this.problems.size > 0) return undefined
    const { runId } = await this.api.startTraining({
      datasetId: dataset.id,
      name,
      recipe: recipe.name,
      spec: this.#spec(recipe),
      settings: this.#settings,
    })
    return runId
  }

  #spec({ spec }: Recipe): ModelSpec {
    return { ...spec, optimiser: { ...spec.optimiser, learningRate: this.#learningRate } }
  }

  async #reckon() {
    const { recipe } = this
    const { batchSize } = this.#settings
    if (!recipe || this.problems.has('batchSize')) return
    const asked = `${recipe.name} ${batchSize}`
    if (asked === this.#asked) return
    this.#asked = asked
    const summary = await this.api.summarise({ spec: recipe.spec, batchSize })
    if (asked === this.#asked) this.#summary = summary
  }

  async #drawPreview() {
    const { recipe, dataset } = this
    if (Object.keys(augmentationRules).some((field) => this.problems.has(field))) return
    const { augmentation } = this.#settings
    await this.previews.show(
      recipe && dataset && { datasetId: dataset.id, input: recipe.spec.input, augmentation },
    )
  }

  async #remember() {
    if (this.problems.size > 0) return
    const draft: z.input<typeof Remembered> = {
      recipe: this.#recipeName,
      datasetId: this.#datasetId,
      learningRate: this.#learningRate,
      settings: this.#settings,
    }
    await this.api.writeSetting({ key: remembered, value: JSON.stringify(draft) })
  }
}

/** A draft of an older version of the program is forgotten rather than guessed at. */
function readRemembered(text: string | null): z.output<typeof Remembered> | undefined {
  if (text === null) return undefined
  try {
    return Remembered.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
