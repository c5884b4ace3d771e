import type {
  AssessedFilm,
  AssessedFilter,
  AssessedPart,
  Assessment,
  ScoreCard,
} from '../../../../shared/domain/assessment.ts'
import type { PairedComparison } from '../../../../shared/domain/comparison.ts'
import type { JudgementOrder } from '../../../../shared/domain/scoreCard.ts'
import type { Api } from '../../../api.ts'

/** Films behind a figure, most wrong first. */
export interface FilmsBehind {
  readonly title: string
  readonly filter: AssessedFilter
  readonly total: number
  readonly films: readonly AssessedFilm[]
}

/** Another model's scores of films of the same data set. */
export interface OtherJudged {
  readonly assessmentId: string
  readonly model: string
  /** With the films. */
  readonly title: string
}

export interface Compared {
  readonly other: OtherJudged
  readonly figures: PairedComparison
}

const pageSize = 60

/** One model's assessments, their figures, and the films behind a figure. */
export class ScoreCardDesk {
  #assessments = $state.raw<readonly Assessment[] | undefined>()
  #cards = $state.raw<readonly ScoreCard[]>([])
  #chosenId = $state.raw<string | undefined>()
  #behind = $state.raw<FilmsBehind | undefined>()
  #others = $state.raw<readonly OtherJudged[]>([])
  #compared = $state.raw<Compared | undefined>()

  /** Undefined until the library has answered. */
  readonly assessments = $derived(this.#assessments)
  /** In the order of the assessments. */
  readonly cards = $derived(this.#cards)
  /** The one whose curves are shown: what was chosen, else test films, else the first. */
  readonly chosen = $derived(
    this.#cards.find(({ assessment }) => assessment.id === this.#chosenId) ??
      this.#cards.find(({ assessment }) => assessment.part === 'test') ??
      this.#cards[0],
  )
  readonly behind = $derived(this.#behind)
  /** That the chosen one can be compared with. */
  readonly others = $derived(this.#others)
  readonly compared = $derived(this.#compared)

  constructor(
    private readonly api: Pick<
      Api,
      | 'listAssessments'
      | 'startAssessment'
      | 'startShortcutTest'
      | 'scoreCard'
      | 'assessedFilms'
      | 'decide'
      | 'listModels'
      | 'compareModels'
    >,
    private readonly modelId: string,
  ) {}

  async open() {
    const assessments = await this.api.listAssessments({ modelId: this.modelId })
    const cards = await Promise.all(
      assessments.map(({ id }) => this.api.scoreCard({ assessmentId: id })),
    )
    this.#assessments = assessments
    this.#cards = cards
    await this.#lookForOthers()
  }

  async choose(assessmentId: string) {
    this.#chosenId = assessmentId
    await this.#lookForOthers()
  }

  /** Models of the same two classes that were judged on films of the chosen one's data set. */
  async #lookForOthers() {
    this.#compared = undefined
    const models = await this.api.listModels()
    const classes = models.find(({ id }) => id === this.modelId)?.manifest.classes ?? []
    const alike = models.filter(
      ({ id, manifest }) =>
        id !== this.modelId && classes.length === 2 && manifest.classes.join() === classes.join(),
    )
    const judged = await Promise.all(
      alike.map(async ({ id, manifest }) => {
        const found = await this.api.listAssessments({ modelId: id })
        return found
          .filter(({ datasetId }) => datasetId === this.chosen?.assessment.datasetId)
          .map((one) => ({
            ...{ assessmentId: one.id, model: manifest.name },
            title: `${manifest.name} on ${one.part === 'all' ? 'all films' : `${one.part} films`}`,
          }))
      }),
    )
    this.#others = judged.flat()
  }

  async compare(assessmentId: string) {
    const other = this.#others.find((one) => one.assessmentId === assessmentId)
    if (!this.chosen || !other) return
    const assessmentIds: [string, string] = [this.chosen.assessment.id, assessmentId]
    this.#compared = { other, figures: await this.api.compareModels({ assessmentIds }) }
  }

  /** Answers the job that scores the films; `open` again when it has ended. */
  async assess(datasetId: string, part: AssessedPart): Promise<string> {
    const { jobId } = await this.api.startAssessment({ modelId: this.modelId, datasetId, part })
    return jobId
  }

  /** Answers the job that scores the chosen films under every change; `open` again when it has ended. */
  async testShortcuts(): Promise<string | undefined> {
    if (!this.chosen) return undefined
    const assessmentId = this.chosen.assessment.id
    const { jobId } = await this.api.startShortcutTest({ assessmentId })
    return jobId
  }

  async decide(order: JudgementOrder) {
    if (!this.chosen) return
    await this.api.decide({ assessmentId: this.chosen.assessment.id, order })
    await this.open()
  }

  /** Films of the chosen assessment, or of another one of the model. */
  async show(
    title: string,
    filter: Omit<AssessedFilter, 'assessmentId'>,
    assessmentId = this.chosen?.assessment.id,
  ) {
    if (assessmentId === undefined) return
    const full = { ...filter, assessmentId }
    const found = await this.api.assessedFilms({ filter: full, offset: 0, limit: pageSize })
    this.#behind = { title, filter: full, ...found }
  }

  async showMore() {
    const behind = this.#behind
    if (!behind) return
    const { filter, films } = behind
    const next = await this.api.assessedFilms({ filter, offset: films.length, limit: pageSize })
    if (this.#behind === behind) this.#behind = { ...behind, films: [...films, ...next.films] }
  }

  hide() {
    this.#behind = undefined
  }
}
