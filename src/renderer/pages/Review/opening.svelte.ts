import type { Source } from '../../../shared/contracts/app.ts'
import type { Refusal } from '../../../shared/domain/film.ts'
import type { Api } from '../../api.ts'

export interface OpeningProgress {
  readonly label: string
  readonly done: number
  readonly total: number
}

/** Brings films onto the worklist, tells how far it is, and keeps what was refused for the person to see. */
export class Opening {
  #progress = $state.raw<OpeningProgress | undefined>()
  #refused = $state.raw<readonly Refusal[]>([])
  #controller: AbortController | undefined
  readonly progress = $derived(this.#progress)
  readonly refused = $derived(this.#refused)

  constructor(private readonly api: Pick<Api, 'chooseSource' | 'openFilms'>) {}

  /** Ids of the films that are new on the worklist; undefined when the person closed the dialog. */
  async choose(kind: 'files' | 'folder'): Promise<readonly string[] | undefined> {
    const source = await this.api.chooseSource({ kind })
    return source ? this.open(source) : undefined
  }

  async open(source: Source): Promise<readonly string[]> {
    const controller = new AbortController()
    this.#controller = controller
    this.#progress = { label: source.label, done: 0, total: 0 }
    try {
      const { added, refused } = await this.api.openFilms(
        { source: source.token },
        {
          signal: controller.signal,
          onProgress: ({ done, total }) => {
            this.#progress = { label: source.label, done, total }
          },
        },
      )
      this.#refused = refused
      return added
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
