import type {
  AssessedFilm,
  AssessedFilter,
  AssessedPart,
  Assessment,
  ScoreCard,
} from '../../../../shared/domain/assessment.ts'
import type { JudgementOrder } from '../../../../shared/domain/scoreCard.ts'
import type { Api } from '../../../api.ts'

/** Films behind a figure, most wrong first. */
export interface FilmsBehind {
  readonly title: string
  readonly filter: AssessedFilter
  readonly total: number
  readonly films: readonly AssessedFilm[]
}

const pageSize = 60

/** One model's assessments, their figures, and the films behind a figure. */
export class ScoreCardDesk {
  #assessments = $state.raw<readonly Assessment[] | undefined>()
  #cards = $state.raw<readonly ScoreCard[]>([])
  #chosenId = $state.raw<string | undefined>()
  #behind = $state.raw<FilmsBehind | undefined>()

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

  constructor(
    private readonly api: Pick<
      Api,
      | 'listAssessments'
      | 'startAssessment'
      | 'startShortcutTest'
      | 'scoreCard'
      | 'assessedFilms'
      | 'decide'
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
  }

  choose(assessmentId: string) {
    this.#chosenId = assessmentId
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

  async show(title: string, filter: Omit<AssessedFilter, 'assessmentId'>) {
    if (!this.chosen) return
    const full = { ...filter, assessmentId: this.chosen.assessment.id }
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
