import type { Source } from '../../../shared/contracts/appAreas/program.ts'
import type { ReportFormat } from '../../../shared/domain/exchange.ts'
import type { Prediction } from '../../../shared/domain/model.ts'
import type { Verdict, WorklistItem } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import { plural } from '../../format.ts'
import type { Notices } from '../../state/notices.svelte.ts'
import type { Status } from '../../state/status.svelte.ts'
import { DicomExport } from './dicomExport.svelte.ts'
import { filmCache } from './filmOnScreen.svelte.ts'
import { History } from './history.ts'
import { FilmMaps } from './maps/filmMaps.svelte.ts'
import { drawnMap } from './maps/drawnMap.ts'
import { MarkKeeper } from './markKeeper.ts'
import { Opening, type First, type Opened } from './opening.svelte.ts'
import { Panes } from './panes.svelte.ts'
import { Preferences } from './preferences.svelte.ts'
import { ReaderAgreement } from './readerAgreement.svelte.ts'
import { ReviewExports } from './reviewExports.ts'
import { Scoring } from './scoring.svelte.ts'
import { Screening } from './screening.svelte.ts'
import { Selection } from './selection.svelte.ts'
import { VerdictBook } from './verdictBook.ts'
import { Worklist } from './worklist.svelte.ts'

/** The film on the screen, its reading and what the reader does. It outlives the page: coming back finds it as it was. */
export class Review {
  readonly panes: Panes
  readonly preferences: Preferences
  readonly worklist: Worklist
  readonly opening: Opening
  readonly scoring: Scoring
  readonly screening: Screening
  readonly exports: ReviewExports
  readonly agreement: ReaderAgreement
  /** Heat maps over the film that is read. */
  readonly maps: FilmMaps
  readonly dicomExport: DicomExport
  readonly #history = new History()
  /** Films whose scores were on the screen: a verdict on one of them is not blind. */
  readonly #scoresSeen = new Set<string>()
  readonly #verdicts: VerdictBook
  readonly #selection: Selection

  #msToScore = $state<number | undefined>()

  /** The person is asked whether the worklist shall be cleared. */
  confirmingClear = $state(false)

  readonly selectedId = $derived.by(() => this.#selection.imageId)
  readonly selected = $derived.by(() => this.#selection.item)
  /** Where it stands among the films that are seen; −1 when the filter hides it. */
  readonly index = $derived.by(() => this.#selection.index)
  /** Scores and maps are kept from the reader until there is a verdict. */
  readonly scoreHidden = $derived.by(
    () => this.preferences.blindFirst && this.selected?.verdict === undefined,
  )
  /** The map over the film that is read, with its words; undefined while there is none to be seen. */
  readonly drawnMap = $derived.by(() =>
    this.scoreHidden ? undefined : drawnMap(this.maps, this.worklist.model, this.selectedId),
  )
  /** What concerns the worklist and is under way. */
  readonly jobs = $derived.by(() =>
    this.status.activeJobs.filter(({ kind }) => kind === 'screening' || kind === 'export'),
  )
  /** From the click to the score, milliseconds; 0 where it was known. */
  readonly msToScore = $derived(this.#msToScore)

  constructor(
    private readonly api: Api,
    private readonly notices: Notices,
    private readonly status: Status,
  ) {
    const keeper = new MarkKeeper(api, this.#history, notices)
    this.panes = new Panes(api, filmCache(status), keeper)
    this.preferences = new Preferences(api, this.panes)
    this.worklist = new Worklist(api, this.preferences)
    this.opening = new Opening(api, status, this.panes, (first) => this.#onFirst(first))
    this.#selection = new Selection(this.worklist)
    this.screening = new Screening(api, status, this.worklist, notices)
    this.exports = new ReviewExports(api, notices)
    this.agreement = new ReaderAgreement(api, notices)
    this.scoring = new Scoring(api, status, (prediction) => this.#onScore(prediction))
    this.maps = new FilmMaps(api)
    this.dicomExport = new DicomExport(api)
    this.#verdicts = new VerdictBook(api, this.worklist, this.#history)
    // A training brings a model, a screening scores, an import ends the welcome: all of it shows at once.
    status.onJobEnded((job) => {
      if (job.kind === 'export') this.exports.tellOfEnd(job)
      if (this.worklist.loaded) void notices.attempt(() => this.load())
    })
  }

  /** Reads the library; called whenever the page is shown, since other pages change it. */
  async load() {
    const { worklist } = this
    if (!worklist.loaded) await Promise.all([this.preferences.load(), this.maps.load()])
    const before = worklist.model?.id
    await worklist.load()
    if (worklist.model?.id !== before) this.scoring.forget()
    if (this.selected) {
      this.#wantScores()
      this.wantMap()
    } else this.select(worklist.idAt(0))
    if (this.screening.running) void this.screening.follow()
  }

  select(imageId: string | undefined) {
    this.#noteScore()
    this.#selection.take(imageId)
    this.#msToScore = this.selected?.prediction ? 0 : undefined
    this.wantMap()
    const item = this.selected
    const sameName = item ? this.worklist.samePatient(item) : []
    const shown = this.panes.show(item, this.worklist.neighbours(this.index), sameName)
    void this.notices.attempt(() => shown)
    // The engine reads films and scores them, and a scoring holds it up: the film comes before its score.
    const score = () => {
      if (this.selectedId === imageId) this.#wantScores()
    }
    void shown.then(score, score)
  }

  /** Films on (negative: back) in the order that is seen. */
  step(by: number) {
    this.#goTo(this.#selection.neighbour(by))
  }

  /** To the first film of the next (negative: previous) study or patient. */
  stepGroup(by: 1 | -1, group: 'case' | 'patient') {
    this.#goTo(this.#selection.groupNeighbour(by, group))
  }

  first() {
    this.#goTo(this.#selection.at(0))
  }

  last() {
    this.#goTo(this.#selection.at(this.worklist.rows.length - 1))
  }

  /** Gives the film on the screen a verdict and goes on; where its score was hidden, it stays to show it. */
  async giveVerdict(verdict: Verdict) {
    const item = this.selected
    if (!item) return
    // Asked before the verdict is there: it may take the film out of what the filter shows.
    const next = this.index >= 0 ? this.worklist.idAt(this.index + 1) : undefined
    const reveals = this.preferences.blindFirst && item.verdict === undefined
    const scoreSeen = this.#scoresSeen.has(item.image.id)
    const seconds = this.#selection.age() / 1000
    const given = this.#verdicts.give(item.image.id, verdict, { seconds, scoreSeen })
    this.#noteScore()
    this.wantMap()
    if (next !== undefined && !reveals) this.select(next)
    await this.notices.attempt(() => given)
  }

  /** Takes back what was done last, a verdict or a drawing, and shows the film it was done to. */
  async undo() {
    const deed = this.#history.pop((imageId) => this.#isHere(imageId))
    const words = await this.notices.attempt(() => deed?.undo() ?? Promise.resolve(undefined))
    if (!deed || words === undefined) return
    const seen = this.panes.shown.some(({ shown }) => shown?.image.id === deed.imageId)
    if (!seen) this.select(deed.imageId)
    this.notices.tell(words)
  }

  /** The film in the current pane tells black from white wrong, or does not after all. */
  async turnFilm() {
    const { viewer, shown } = this.panes.current
    if (!shown || !viewer.film || viewer.isColour) return
    const turned = !viewer.turned
    viewer.turnOver(turned)
    const imageId = shown.image.id
    await this.notices.attempt(() => this.api.turnFilm({ imageId, turned }))
    // The model is given the film as it is shown, so the score is another one.
    this.worklist.patch(imageId, { turned, prediction: undefined })
    if (this.worklist.model && this.worklist.item(imageId)) this.scoring.retry(imageId)
    this.#wantScores()
    await this.notices.attempt(() => this.maps.forget(imageId))
  }

  async writeNote(imageId: string, note: string) {
    await this.notices.attempt(() => this.#verdicts.note(imageId, note))
  }

  /** Asks for the map that may be seen now. */
  wantMap() {
    const { model } = this.worklist
    const imageId = this.selectedId
    const wanted =
      model && imageId !== undefined && !this.scoreHidden
        ? { imageId, modelId: model.id, spec: model.manifest.spec }
        : undefined
    void this.notices.attempt(() => this.maps.show(wanted))
  }

  async choose(kind: 'files' | 'folder') {
    await this.#opened(() => this.opening.choose(kind))
  }

  async open(source: Source) {
    await this.#opened(() => this.opening.open(source))
  }

  async startExport(films: readonly WorklistItem[]) {
    await this.notices.attempt(() => this.dicomExport.start(films))
  }

  /** The film that is read, with the map that is chosen now. */
  async exportReport(format: ReportFormat) {
    const imageId = this.selectedId
    if (imageId === undefined || !this.worklist.model || this.scoreHidden) return
    await this.exports.filmReport({ imageId, format, ...this.maps.choice })
  }

  async clear() {
    this.confirmingClear = false
    const imageIds = this.worklist.items.map(({ image }) => image.id)
    await this.notices.attempt(() => this.api.removeFromWorklist({ imageIds }))
    await this.notices.attempt(() => this.worklist.refresh())
    this.select(this.worklist.idAt(0))
  }

  /** Whoever opens a folder need not wait for all of it to see a film. */
  #onFirst({ item, isLookedAt }: First) {
    this.worklist.insert(item)
    this.worklist.showAll()
    if (isLookedAt) this.panes.takeLook(item)
    this.select(item.image.id)
  }

  async #opened(action: () => Promise<Opened | undefined>) {
    const result = await this.notices.attempt(action)
    const isListed = result?.added.length === 1 && result.added[0] === result.first
    if (!isListed) await this.notices.attempt(() => this.worklist.refresh())
    if (!result) return
    const { opened, added } = result
    // The first that is new; where all were known, the person wants to see one of them again.
    const first = added[0] ?? opened[0]
    if (first === undefined) return
    if (first !== result.first) {
      this.worklist.showAll()
      this.select(first)
    } else if (!isListed) this.#meetOthers()
    if (added.length === 0) this.notices.tell('On the worklist already.')
    else if (added.length > 1) this.notices.tell(`${plural(added.length, 'film')} opened.`)
  }

  /** The film that is read was shown before those beside it were on the list. */
  #meetOthers() {
    const item = this.selected
    const sameName = item ? this.worklist.samePatient(item) : []
    const met = this.panes.meet(this.worklist.neighbours(this.index), sameName)
    void this.notices.attempt(() => met)
    this.#wantScores()
  }

  #goTo(imageId: string | undefined) {
    if (imageId !== undefined && imageId !== this.selectedId) this.select(imageId)
  }

  /** On the worklist, or hung beside a film of it. */
  #isHere = (imageId: string) =>
    this.worklist.item(imageId) !== undefined ||
    this.panes.shown.some(({ shown }) => shown?.image.id === imageId)

  /** Remembers that the score of the film on the screen can be seen now. */
  #noteScore() {
    const item = this.selected
    const hidden = this.preferences.blindFirst && item?.verdict === undefined
    if (item?.prediction && !hidden) this.#scoresSeen.add(item.image.id)
  }

  #wantScores() {
    if (!this.worklist.model || this.selectedId === undefined) return
    const near = [this.selectedId, ...this.worklist.neighbours(this.index)]
    this.scoring.want(near.filter((imageId) => !this.worklist.item(imageId)?.prediction))
  }

  #onScore(prediction: Prediction) {
    this.worklist.patch(prediction.imageId, { prediction })
    this.#noteScore()
    if (prediction.imageId !== this.selectedId) return
    this.#msToScore = this.#selection.age()
    performance.mark('review-score', { detail: this.#msToScore })
  }
}
