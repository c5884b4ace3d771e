import { z } from 'zod'
import type { Dataset } from '../../../../shared/domain/dataset.ts'
import { InputShape, Optimiser } from '../../../../shared/domain/modelSpec.ts'
import { TrainingSettings, type Augmentation } from '../../../../shared/domain/training.ts'
import type { Api } from '../../../api.ts'
import { numberProblem, type NumberRule } from '../../../components/numberRule.ts'
import { AugmentationPreviews } from './augmentationPreviews.svelte.ts'
import { augmentationRules, inputRules, learningRateRule, trainingRules } from './fields.ts'
import { freeName } from './freeName.ts'
import { NetworkDraft } from './networkDraft.svelte.ts'

const remembered = 'experiments.draft'

/** The library takes no longer names. */
const nameLength = 90

/** What is kept of a form between visits; recipes and data sets are looked up anew. */
const Remembered = z.object({
  recipe: z.string(),
  source: z.enum(['recipe', 'notation']),
  notation: z.string(),
  input: InputShape,
  optimiser: Optimiser.optional(),
  datasetId: z.string().optional(),
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

/** The form of a new run: network, data set and settings, checked as they are typed. */
export class RunDraft {
  #datasets = $state.raw<readonly Dataset[] | undefined>(undefined)
  #takenNames = $state.raw<readonly string[]>([])
  #datasetId = $state.raw<string | undefined>(undefined)
  #settings = $state.raw(TrainingSettings.parse({}))
  #typedName = $state.raw<string | undefined>(undefined)
  #isOpen = $state(false)

  /** Whether it can be filled in: before, what is typed would be overwritten by what was left. */
  readonly isOpen = $derived(this.#isOpen)
  /** Undefined until the library has answered. */
  readonly datasets = $derived(this.#datasets)
  readonly dataset = $derived(this.#datasets?.find(({ id }) => id === this.#datasetId))
  readonly settings = $derived(this.#settings)
  readonly network: NetworkDraft
  readonly name = $derived.by(
    () =>
      this.#typedName ??
      freeName(
        [this.network.name, this.dataset?.name].filter(Boolean).join(' on ').slice(0, nameLength),
        this.#takenNames,
      ),
  )
  /** By field: why its value cannot be taken. */
  readonly problems: ReadonlyMap<string, string> = $derived.by(
    () =>
      new Map([
        ...problemsIn(trainingRules, this.#settings),
        ...problemsIn(augmentationRules, this.#settings.augmentation),
        ...problemsIn({ learningRate: learningRateRule }, this.network.optimiser),
        ...problemsIn(inputRules, this.network.input),
      ]),
  )

  readonly previews: AugmentationPreviews

  constructor(
    private readonly api: Pick<
      Api,
      | 'recipes'
      | 'listDatasets'
      | 'summarise'
      | 'parseNotation'
      | 'previewAugmentation'
      | 'startTraining'
      | 'readSetting'
      | 'writeSetting'
    >,
  ) {
    this.network = new NetworkDraft(api)
    this.previews = new AugmentationPreviews(api)
  }

  /** Shows the form as it was left; `datasetId` overrules the data set. */
  async open(takenNames: readonly string[], datasetId?: string) {
    this.#isOpen = false
    this.#takenNames = takenNames
    this.#typedName = undefined
    try {
      await this.#fill(datasetId)
    } finally {
      this.#isOpen = true
    }
    await this.#suit()
  }

  async #fill(datasetId: string | undefined) {
    const [recipes, datasets, kept] = await Promise.all([
      this.api.recipes(),
      this.api.listDatasets(),
      this.api.readSetting({ key: remembered }),
    ])
    this.#datasets = datasets
    this.network.offer(recipes)
    const last = readRemembered(kept)
    const recipe = recipes.find(({ name }) => name === last?.recipe) ?? recipes[0]
    if (!recipe) return
    this.network.chooseRecipe(recipe.name)
    this.#settings = recipe.settings
    const known = datasets.find(({ id }) => id === (datasetId ?? last?.datasetId))
    const fitting = datasets.find(({ classes }) => classes.length === recipe.spec.classes)
    this.#datasetId = (known ?? fitting ?? datasets[0])?.id
    if (last?.recipe === recipe.name) await this.#recall(last)
  }

  async #recall(last: z.output<typeof Remembered>) {
    this.#settings = last.settings
    if (last.optimiser) this.network.optimiseBy(last.optimiser)
    await this.network.resize(last.input)
    if (last.source === 'notation') await this.network.write(last.notation)
  }

  /** Takes a recipe with the settings that its source trained it with. */
  async chooseRecipe(name: string) {
    const recipe = this.network.chooseRecipe(name)
    if (!recipe) return
    this.#settings = recipe.settings
    await this.#changed()
  }

  /** Turns to the notation, or takes what was typed in it. */
  async writeNotation(text?: string) {
    await this.network.write(text)
    await this.#changed()
  }

  async turnToRecipes() {
    this.network.turnToRecipes()
    await this.#changed()
  }

  async resize(input: Partial<InputShape>) {
    const next = { ...this.network.input, ...input }
    await this.network.resize(next)
    if (InputShape.safeParse(next).success) await this.#changed()
  }

  async chooseDataset(datasetId: string) {
    this.#datasetId = datasetId
    await this.#suit()
  }

  async change(settings: Partial<TrainingSettings>) {
    this.#settings = { ...this.#settings, ...settings }
    await Promise.all([this.#reckon(), this.#remember()])
  }

  async augment(augmentation: Partial<Augmentation>) {
    await this.change({ augmentation: { ...this.#settings.augmentation, ...augmentation } })
    await this.#drawPreview()
  }

  async setOptimiser(optimiser: Optimiser) {
    this.network.optimiseBy(optimiser)
    await this.#remember()
  }

  rename(name: string) {
    this.#typedName = name
  }

  /** Starts the training and resolves to its run; undefined when the form is not whole. */
  async start(allowLeak = false): Promise<string | undefined> {
    const { dataset, network } = this
    const name = this.name.trim()
    if (!network.spec || !dataset || name === '' || this.problems.size > 0) return undefined
    const { runId } = await this.api.startTraining({
      datasetId: dataset.id,
      name,
      recipe: network.name,
      spec: network.spec,
      settings: this.#settings,
      allowLeak,
    })
    return runId
  }

  /** The last layer follows the classes of the films. */
  async #suit() {
    const classes = this.dataset?.classes.length ?? 0
    if (classes >= 2) await this.network.suit(classes)
    await this.#changed()
  }

  async #changed() {
    await Promise.all([this.#reckon(), this.#remember(), this.#drawPreview()])
  }

  async #reckon() {
    if (!this.problems.has('batchSize')) await this.network.reckon(this.#settings.batchSize)
  }

  async #drawPreview() {
    const { dataset } = this
    const { input, spec } = this.network
    if (Object.keys(augmentationRules).some((field) => this.problems.has(field))) return
    const { augmentation } = this.#settings
    await this.previews.show(spec && dataset && { datasetId: dataset.id, input, augmentation })
  }

  async #remember() {
    if (this.problems.size > 0) return
    const draft: z.input<typeof Remembered> = {
      recipe: this.network.recipe?.name ?? '',
      source: this.network.source,
      notation: this.network.text,
      input: this.network.input,
      optimiser: this.network.optimiser,
      datasetId: this.#datasetId,
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
