import { isCancelled, toAppError } from '../../shared/errors.ts'

export interface Notice {
  readonly id: number
  readonly kind: 'problem' | 'success'
  readonly message: string
}

/** Short messages at the foot of the window; a problem stays until a person closes it. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([])
  #lastId = 0
  readonly list = $derived(this.#list)

  tell(message: string) {
    const id = this.#add('success', message)
    setTimeout(() => this.dismiss(id), 6000)
  }

  /** Shows what went wrong; a cancel by the person is nothing to report. */
  report(cause: unknown) {
    if (!isCancelled(cause)) this.#add('problem', toAppError(cause).message)
  }

  /** Runs an action of the person and reports its failure; resolves to undefined then. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (cause) {
      this.report(cause)
      return undefined
    }
  }

  dismiss(id: number) {
    this.#list = this.#list.filter((notice) => notice.id !== id)
  }

  #add(kind: Notice['kind'], message: string): number {
    this.#lastId += 1
    this.#list = [...this.#list.slice(-3), { id: this.#lastId, kind, message }]
    return this.#lastId
  }
}
