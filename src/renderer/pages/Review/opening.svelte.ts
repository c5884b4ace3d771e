import type { Source } from '../../../shared/contracts/appAreas/program.ts'
import type { Refusal } from '../../../shared/domain/film.ts'
import type { WorklistItem } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import type { Status } from '../../state/status.svelte.ts'
import type { Panes } from './panes.svelte.ts'
import { survivingCrash } from './survivingCrash.ts'

export interface OpeningProgress {
  readonly label: string
  readonly done: number
  readonly total: number
}

/** What is open sooner comes without a strip, which would push the page down and up again. */
const stripAfterMs = 300

/** The first film that is new on the list. */
export interface First {
  readonly item: WorklistItem
  /** What will be seen of it was fetched ahead. */
  readonly isLookedAt: boolean
}

interface Told {
  readonly done: number
  readonly total: number
  readonly look?: string | undefined
  readonly first?: First | undefined
}

/** Ids of all films that were named, and of those that are new on the worklist. */
export interface Opened {
  readonly opened: readonly string[]
  readonly added: readonly string[]
  /** The one that was told of as soon as it was there. */
  readonly first: string | undefined
}

/** Brings films onto the worklist, tells how far it is, and keeps what was refused for the person to see. */
export class Opening {
  #progress = $state.raw<OpeningProgress | undefined>()
  #refused = $state.raw<readonly Refusal[]>([])
  #controller: AbortController | undefined
  readonly progress = $derived(this.#progress)
  readonly refused = $derived(this.#refused)

  constructor(
    private readonly api: Pick<Api, 'chooseSource' | 'openFilms'>,
    private readonly status: Pick<Status, 'engine'>,
    /** Where the first film will be seen. */
    private readonly panes: Pick<Panes, 'nextPane' | 'lookAhead'>,
    private readonly onfirst: (first: First) => void,
  ) {}

  /** Undefined when the person closed the dialog. */
  async choose(kind: 'files' | 'folder'): Promise<Opened | undefined> {
    const source = await this.api.chooseSource({ kind })
    return source ? this.open(source) : undefined
  }

  async open(source: Source): Promise<Opened> {
    const controller = new AbortController()
    this.#controller = controller
    let progress: OpeningProgress = { label: source.label, done: 0, total: 0 }
    const firsts: string[] = []
    const strip = setTimeout(() => (this.#progress = progress), stripAfterMs)
    try {
      const onProgress = ({ done, total, look, first }: Told) => {
        progress = { label: source.label, done, total }
        if (this.#progress) this.#progress = progress
        if (look !== undefined) this.panes.lookAhead(look)
        if (!first) return
        firsts.push(first.item.image.id)
        this.onfirst(first)
      }
      // Films that are on the list already are not added twice, so a second try does no harm.
      const { opened, added, refused } = await survivingCrash(this.status, () =>
        this.api.openFilms(
          { source: source.token, pane: this.panes.nextPane },
          { signal: controller.signal, onProgress },
        ),
      )
      this.#refused = refused
      return { opened, added, first: firsts[0] }
    } finally {
      clearTimeout(strip)
      this.#progress = undefined
    }
  }

  cancel() {
    this.#controller?.abort()
  }

  closeRefused() {
    this.#refused = []
  }
}
