import type {
  PredictedFilms,
  PredictedPart,
  PredictionOrder,
} from '../../../../shared/domain/predictedFilm.ts'
import type { JobSnapshot } from '../../../../shared/domain/job.ts'
import type { Api } from '../../../api.ts'

/** As many as a person looks at before asking for more. */
const pageLength = 24

/** Films of a run's own data set with what its model says of them. */
export class PredictionSheet {
  #part: PredictedPart = $state('validation')
  #order: PredictionOrder = $state('mostWrong')
  #limit = $state(pageLength)
  #shown = $state.raw<PredictedFilms | undefined>(undefined)
  #jobId = $state.raw<string | undefined>(undefined)
  #asked = 0

  readonly part = $derived(this.#part)
  readonly order = $derived(this.#order)
  /** Undefined until the library has answered. */
  readonly shown = $derived(this.#shown)
  readonly isScoring = $derived(this.#jobId !== undefined)
  readonly hasMore = $derived(
    this.#shown !== undefined && this.#shown.films.length < this.#shown.scored,
  )

  constructor(
    private readonly api: Pick<Api, 'predictedFilms' | 'startPredicting'>,
    private readonly modelId: string,
  ) {}

  /** Begins with the validation films; where there are none, with all. */
  async open() {
    await this.load()
    if (this.#shown?.total === 0) await this.choosePart('all')
  }

  async load() {
    const asked = ++this.#asked
    const { modelId } = this
    const query = { modelId, part: this.#part, order: this.#order, limit: this.#limit }
    const shown = await this.api.predictedFilms(query)
    // A later choice may have been answered already.
    if (asked === this.#asked) this.#shown = shown
  }

  async choosePart(part: PredictedPart) {
    this.#part = part
    this.#limit = pageLength
    await this.load()
  }

  async sortBy(order: PredictionOrder) {
    this.#order = order
    await this.load()
  }

  async showMore() {
    this.#limit = Math.min(500, this.#limit + pageLength)
    await this.load()
  }

  /** Has the films of the part scored that are not yet. */
  async score() {
    const { jobId } = await this.api.startPredicting({ modelId: this.modelId, part: this.#part })
    this.#jobId = jobId
  }

  /** Shows what the scoring brought, once it ended. */
  async jobEnded({ id }: Pick<JobSnapshot, 'id'>) {
    if (id !== this.#jobId) return
    this.#jobId = undefined
    await this.load()
  }
}
