/** Progress goes out at most this often; more would cost the receiver a redraw each. */
const INTERVAL_MS = 100

export interface Throttled<T> {
  /** Passes the value on, or keeps it as the latest while the last one is too young. */
  readonly report: (value: T) => void
  /** Passes on what was kept; called at the end. */
  readonly flush: () => void
}

/** At most ten reports a second; of those in between the latest counts. */
export function throttled<T>(
  send: (value: T) => void,
  now: () => number = () => performance.now(),
): Throttled<T> {
  let lastAt = -Infinity
  let kept: { readonly value: T } | undefined
  function flush() {
    if (!kept) return
    const { value } = kept
    kept = undefined
    lastAt = now()
    send(value)
  }
  return {
    report: (value) => {
      kept = { value }
      if (now() - lastAt >= INTERVAL_MS) flush()
    },
    flush,
  }
}
