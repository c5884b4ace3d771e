import type { Api } from '../api.ts'
import { runReviewCommand } from '../pages/Review/runReviewCommand.ts'
import type { Review } from '../pages/Review/review.svelte.ts'
import { keymap } from '../state/keymap.svelte.ts'
import type { Navigation, Place } from '../state/navigation.svelte.ts'
import { isReviewCommand, type Command, type ShellCommand } from '../state/shortcuts.ts'
import { paletteEntries, type PaletteAction, type PaletteEntry } from './paletteEntries.ts'

type ShellApi = Pick<
  Api,
  'listDatasets' | 'listRuns' | 'listModels' | 'listSweeps' | 'readSetting' | 'writeSetting'
>

const keysSetting = 'keys'

/** The page of the help that tells of a place. */
const helpPages: Readonly<Partial<Record<Place, string>>> = {
  review: 'review',
  datasets: 'import',
  experiments: 'train',
  models: 'judge',
  activity: 'exchange',
}

/** What is open above the pages, and how a command finds the one who obeys it. */
export class Shell {
  keysOpen = $state(false)
  paletteOpen = $state(false)
  #entries = $state.raw<readonly PaletteEntry[]>([])
  readonly entries = $derived(this.#entries)

  constructor(
    private readonly api: ShellApi,
    private readonly navigation: Navigation,
    private readonly review: Review,
  ) {}

  /** Whether the place that is shown obeys it. */
  obeys(command: Command): boolean {
    return !isReviewCommand(command) || this.navigation.place === 'review'
  }

  async run(command: Command, times = 1) {
    if (isReviewCommand(command)) await runReviewCommand(command, this.review, times)
    else await this.#own[command]()
  }

  /** The command's key is up again. */
  async release(command: Command) {
    if (command === 'map') await this.review.maps.release()
  }

  async choose({ action }: PaletteEntry) {
    await this.#act(action)
  }

  /** The keys that a person has chosen before. */
  async loadKeys() {
    const text = await this.api.readSetting({ key: keysSetting })
    if (text !== null) keymap.useText(text)
  }

  async keepKeys() {
    await this.api.writeSetting({ key: keysSetting, value: keymap.toText() })
  }

  /** The help about the place that is shown; the contents where there is none. */
  openHelp() {
    this.keysOpen = false
    this.navigation.go('help', helpPages[this.navigation.place])
  }

  async openPalette() {
    const { api } = this
    this.#entries = paletteEntries({ datasets: [], runs: [], models: [], sweeps: [] })
    this.paletteOpen = true
    const [datasets, runs, models, sweeps] = await Promise.all([
      api.listDatasets(),
      api.listRuns(),
      api.listModels(),
      api.listSweeps(),
    ])
    this.#entries = paletteEntries({ datasets, runs, models, sweeps })
  }

  async #act(action: PaletteAction) {
    if (action.kind === 'go') {
      this.navigation.go(action.place, action.subject)
    } else {
      if (isReviewCommand(action.command)) this.navigation.go('review')
      await this.run(action.command)
    }
  }

  readonly #own: Readonly<Record<ShellCommand, () => void | Promise<void>>> = {
    'open-films': () => this.#open('files'),
    'open-folder': () => this.#open('folder'),
    palette: () => this.openPalette(),
    keys: () => {
      this.keysOpen = true
    },
    'go-review': () => this.navigation.go('review'),
    'go-datasets': () => this.navigation.go('datasets'),
    'go-experiments': () => this.navigation.go('experiments'),
    'go-models': () => this.navigation.go('models'),
    'go-activity': () => this.navigation.go('activity'),
    help: () => this.openHelp(),
    about: () => this.navigation.go('about'),
  }

  #open(kind: 'files' | 'folder') {
    this.navigation.go('review')
    return this.review.choose(kind)
  }
}
