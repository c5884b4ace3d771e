/** Notices a process that is there but does nothing any more. */

export interface Watched {
  /** Resolves once it has answered. */
  readonly ask: () => Promise<unknown>
  /** Whether it has used no processor time since this was last asked. */
  readonly isIdle: () => boolean
  /** Told once, when it neither answered nor worked for two to three intervals. */
  readonly onLost: () => void
}

/**
 * Asks every `everyMs`; the function it answers ends that. A process that is busy for minutes with one step of a training
 * cannot answer either, so silence alone means nothing. One that is silent and uses no processor time was stopped, or
 * waits for what will not come. A computer that slept counts as one interval.
 */
export function watchPulse({ ask, isIdle, onLost }: Watched, everyMs = 5000): () => void {
  let isAnswered = true
  let silences = 0
  const timer = setInterval(() => {
    const idle = isIdle()
    if (isAnswered) {
      silences = 0
      isAnswered = false
      ask().then(
        () => (isAnswered = true),
        () => undefined,
      )
      return
    }
    silences = idle ? silences + 1 : 0
    if (silences < 2) return
    clearInterval(timer)
    onLost()
  }, everyMs)
  return () => clearInterval(timer)
}
