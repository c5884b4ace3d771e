import type { Source } from '../../../shared/contracts/appAreas/program.ts'
import type { ImageRow } from '../../../shared/domain/dataset.ts'
import type { Refusal } from '../../../shared/domain/film.ts'
import type { Api } from '../../api.ts'
import type { Status } from '../../state/status.svelte.ts'
import { survivingCrash } from './survivingCrash.ts'

export interface OpeningProgress {
  readonly label: string
  readonly done: number
  readonly total: number
}

interface Told {
  readonly done: number
  readonly total: number
  readonly first?: ImageRow | undefined
}

/** Ids of all films that were named, and of those that are new on the worklist. */
export interface Opened {
  readonly opened: readonly string[]
  readonly added: readonly string[]
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
    /** A film is on its way onto the list, and will be the first to be seen. */
    private readonly onfirst: (image: ImageRow) => void,
  ) {}

  /** Undefined when the person closed the dialog. */
  async choose(kind: 'files' | 'folder'): Promise<Opened | undefined> {
    const source = await this.api.chooseSource({ kind })
    return source ? this.open(source) : undefined
  }

  async open(source: Source): Promise<Opened> {
    const controller = new AbortController()
    this.#controller = controller
    this.#progress = { label: source.label, done: 0, total: 0 }
    try {
      const onProgress = ({ done, total, first }: Told) => {
        this.#progress = { label: source.label, done, total }
        if (first) this.onfirst(first)
      }
      // Films that are on the list already are not added twice, so a second try does no harm.
      const { opened, added, refused } = await survivingCrash(this.status, () =>
        this.api.openFilms({ source: source.token }, { signal: controller.signal, onProgress }),
      )
      this.#refused = refused
      return { opened, added }
    } finally {
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
