import type { TextPlace } from '../shared/textPlace.ts'

interface UsageErrorOptions extends ErrorOptions {
  /** Where the mistake stands in a text that was given: told with --json. */
  readonly place?: TextPlace | undefined
  /** The place as a person sees it: shown on a terminal. */
  readonly excerpt?: string | undefined
}

/** The command was called in a way that it does not know; the usage is shown with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly place: TextPlace | undefined
  readonly excerpt: string | undefined

  constructor(message: string, { place, excerpt, ...options }: UsageErrorOptions = {}) {
    super(message, options)
    this.place = place
    this.excerpt = excerpt
  }
}
