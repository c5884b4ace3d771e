/** Tells watchers that something changed, each at most so often, and at once when it was quiet. */
export interface Changes {
  notify(): void
  /** Calls `emit` now and after changes until it answers false or the signal aborts. */
  watch(signal: AbortSignal, emit: () => boolean): Promise<void>
}

/** Ten times a second is as often as a person can see. */
export function createChanges(intervalMs = 100): Changes {
  const watchers = new Set<() => void>()
  return {
    notify: () => watchers.forEach((changed) => changed()),
    watch(signal, emit) {
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined
        let isDirty = true

        function end() {
          watchers.delete(changed)
          signal.removeEventListener('abort', end)
          clearTimeout(timer)
          resolve()
        }
        function step() {
          timer = undefined
          if (!isDirty) return
          isDirty = false
          try {
            if (!emit()) {
              end()
              return
            }
          } catch (cause) {
            reject(cause instanceof Error ? cause : new Error(String(cause)))
            end()
            return
          }
          timer = setTimeout(step, intervalMs)
        }
        function changed() {
          isDirty = true
          if (timer === undefined) step()
        }
        if (signal.aborted) {
          resolve()
          return
        }
        signal.addEventListener('abort', end, { once: true })
        watchers.add(changed)
        step()
      })
    },
  }
}
