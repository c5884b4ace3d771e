import type { Source } from '../../../shared/contracts/app.ts'
import type { Prediction } from '../../../shared/domain/model.ts'
import type { Verdict } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import { plural } from '../../format.ts'
import type { Notices } from '../../state/notices.svelte.ts'
import type { Status } from '../../state/status.svelte.ts'
import { Viewer } from '../../viewer/viewer.svelte.ts'
import { FilmOnScreen } from './filmOnScreen.svelte.ts'
import { Opening, type Opened } from './opening.svelte.ts'
import { Preferences } from './preferences.svelte.ts'
import { Scoring } from './scoring.svelte.ts'
import { VerdictBook } from './verdictBook.ts'
import { verdictLabel } from './verdicts.ts'
import { Worklist } from './worklist.svelte.ts'

const screeningPollMs = 1000

/** The film on the screen, its reading and what the reader does. It outlives the page: coming back finds it as it was. */
export class Review {
  readonly viewer = new Viewer()
  readonly preferences: Preferences
  readonly worklist: Worklist
  readonly opening: Opening
  readonly scoring: Scoring
  readonly film: FilmOnScreen
  readonly #verdicts: VerdictBook

  #selectedId = $state<string | undefined>()
  #selectedAt = 0
  #msToScore = $state<number | undefined>()
  #lastIndex = 0
  #following = false

  /** The person is asked whether the worklist shall be cleared. */
  confirmingClear = $state(false)

  readonly selectedId = $derived(this.#selectedId)
  readonly selected = $derived.by(() => this.worklist.item(this.#selectedId))
  /** Where it stands among the films that are seen; −1 when the filter hides it. */
  readonly index = $derived.by(() => this.worklist.indexOf(this.#selectedId))
  readonly screening = $derived.by(() =>
    this.status.activeJobs.find(({ kind }) => kind === 'screening'),
  )
  /** From the click to the score, milliseconds; 0 where it was known. */
  readonly msToScore = $derived(this.#msToScore)

  constructor(
    private readonly api: Api,
    private readonly notices: Notices,
    private readonly status: Status,
  ) {
    this.preferences = new Preferences(api, this.viewer)
    this.film = new FilmOnScreen(this.viewer, status)
    this.worklist = new Worklist(api, this.preferences)
    this.opening = new Opening(api, status)
    this.scoring = new Scoring(api, status, (prediction) => this.#onScore(prediction))
    this.#verdicts = new VerdictBook(api, this.worklist)
    // A training brings a model, a screening scores, an import ends the welcome: all of it shows at once.
    status.onJobEnded(() => {
      if (this.worklist.loaded) void notices.attempt(() => this.load())
    })
  }

  /** Reads the library; called whenever the page is shown, since other pages change it. */
  async load() {
    const { worklist } = this
    if (!worklist.loaded) await this.preferences.load()
    const before = worklist.model?.id
    await worklist.load()
    if (worklist.model?.id !== before) this.scoring.forget()
    if (this.selected) this.#wantScores()
    else this.select(worklist.idAt(0))
    if (this.screening) void this.#followScreening()
  }

  select(imageId: string | undefined) {
    this.#selectedId = imageId
    this.#selectedAt = performance.now()
    this.#msToScore = this.selected?.prediction ? 0 : undefined
    if (this.index >= 0) this.#lastIndex = this.index
    this.#wantScores()
    void this.film.show(imageId, this.worklist.neighbours(this.index))
  }

  /** Films on (negative: back) in the order that is seen. */
  step(by: number) {
    // A film that the filter took away leaves its place to the one after it.
    this.#selectRow(this.index >= 0 ? this.index + by : this.#lastIndex + Math.min(by, 0))
  }

  first() {
    this.#selectRow(0)
  }

  last() {
    this.#selectRow(this.worklist.rows.length - 1)
  }

  /** Gives the film on the screen a verdict and goes on; where its score was hidden, it stays to show it. */
  async giveVerdict(verdict: Verdict) {
    const item = this.selected
    if (!item) return
    // Asked before the verdict is there: it may take the film out of what the filter shows.
    const next = this.index >= 0 ? this.worklist.idAt(this.index + 1) : undefined
    const reveals = this.preferences.blindFirst && item.verdict === undefined
    const given = this.#verdicts.give(item.image.id, verdict)
    if (next !== undefined && !reveals) this.select(next)
    await this.notices.attempt(() => given)
  }

  async undoVerdict() {
    const change = await this.notices.attempt(() => this.#verdicts.takeBack())
    if (!change) return
    if (change.imageId !== this.#selectedId) this.select(change.imageId)
    const now = change.before ? `${verdictLabel(change.before)} stands again` : 'no verdict'
    this.notices.tell(`Verdict taken back: ${now}.`)
  }

  async writeNote(imageId: string, note: string) {
    await this.notices.attempt(() => this.#verdicts.note(imageId, note))
  }

  async choose(kind: 'files' | 'folder') {
    await this.#opened(() => this.opening.choose(kind))
  }

  async open(source: Source) {
    await this.#opened(() => this.opening.open(source))
  }

  async scoreAll() {
    if (this.screening || !this.worklist.model || this.worklist.unscored === 0) return
    const started = await this.notices.attempt(() => this.api.startScreening())
    if (started) await this.#followScreening()
  }

  async exportCsv() {
    const done = await this.notices.attempt(() => this.api.exportWorklist())
    if (done) this.notices.tell('The worklist is exported.')
  }

  async clear() {
    this.confirmingClear = false
    const imageIds = this.worklist.items.map(({ image }) => image.id)
    await this.notices.attempt(() => this.api.removeFromWorklist({ imageIds }))
    await this.notices.attempt(() => this.worklist.refresh())
    this.select(this.worklist.idAt(0))
  }

  async #opened(action: () => Promise<Opened | undefined>) {
    const result = await this.notices.attempt(action)
    await this.notices.attempt(() => this.worklist.refresh())
    if (!result) return
    const { opened, added } = result
    // The first that is new; where all were known, the person wants to see one of them again.
    const first = added[0] ?? opened[0]
    if (first === undefined) return
    this.worklist.showAll()
    this.select(first)
    if (added.length === 0) this.notices.tell('On the worklist already.')
    else if (added.length > 1) this.notices.tell(`${plural(added.length, 'film')} opened.`)
  }

  #selectRow(index: number) {
    const inside = Math.min(Math.max(index, 0), this.worklist.rows.length - 1)
    const imageId = this.worklist.idAt(inside)
    if (imageId !== undefined && imageId !== this.#selectedId) this.select(imageId)
  }

  #wantScores() {
    if (!this.worklist.model || this.#selectedId === undefined) return
    const near = [this.#selectedId, ...this.worklist.neighbours(this.index)]
    this.scoring.want(near.filter((imageId) => !this.worklist.item(imageId)?.prediction))
  }

  #onScore(prediction: Prediction) {
    this.worklist.patch(prediction.imageId, { prediction })
    if (prediction.imageId !== this.#selectedId) return
    this.#msToScore = performance.now() - this.#selectedAt
    performance.mark('review-score', { detail: this.#msToScore })
  }

  /** Fetches the scores that a screening has written, until it ends. */
  async #followScreening() {
    if (this.#following) return
    this.#following = true
    do {
      await new Promise((resolve) => setTimeout(resolve, screeningPollMs))
      await this.notices.attempt(() => this.worklist.refresh())
    } while (this.screening)
    this.#following = false
  }
}
