/** What a sweep of the library does next, told from its runs alone, so that any end of the program is a pause. Pure. */
import type { StoredSweep } from '../../shared/domain/librarySweep.ts'
import type { Run } from '../../shared/domain/run.ts'
import { rungs, survivors } from './halving.ts'

export type SweepStep =
  | { readonly kind: 'train'; readonly run: Run; readonly untilEpoch?: number | undefined }
  /** Runs of configurations that others have beaten. */
  | { readonly kind: 'drop'; readonly runIds: readonly string[]; readonly reason: string }
  /** All has ended, or is paused, or trains already. */
  | { readonly kind: 'rest' }

/** `runs` in the order in which they are to train; `busy` are those that a person has queued alone. */
export function nextStep(
  { configurations, halving }: Pick<StoredSweep, 'configurations' | 'halving'>,
  runs: readonly Run[],
  busy: ReadonlySet<string> = new Set(),
): SweepStep {
  if (runs.some(({ status }) => status === 'running')) return { kind: 'rest' }
  const waiting = runs.filter(({ id, status }) => status === 'queued' && !busy.has(id))
  // Whoever goes on after a round waits for the next, so a sweep in which none waits is over or paused.
  const longest = Math.max(0, ...runs.map(({ settings }) => settings.epochs))
  for (const until of waiting.length === 0 ? [] : rungs(halving, longest)) {
    const next = waiting.find(({ epochs }) => until === undefined || epochs.length < until)
    if (next) return { kind: 'train', run: next, untilEpoch: until }
    if (until === undefined || !halving) break
    const kept = keptAfter(until, { configurations, keep: halving.keep }, runs)
    const beaten = waiting.filter(
      ({ epochs, sweep }) => epochs.length === until && !kept.has(sweep?.configuration ?? 0),
    )
    if (beaten.length > 0) {
      const reason = `Others of the sweep were better after ${until} ${until === 1 ? 'epoch' : 'epochs'}`
      return { kind: 'drop', runIds: beaten.map(({ id }) => id), reason }
    }
  }
  return { kind: 'rest' }
}

/** The configurations that go on; what they reached later plays no part, so the answer is always the same. */
function keptAfter(
  until: number,
  { configurations, keep }: Pick<StoredSweep, 'configurations'> & { readonly keep: number },
  runs: readonly Run[],
): ReadonlySet<number> {
  const took = runs.filter(({ status, epochs }) => status === 'complete' || epochs.length >= until)
  const contestants = configurations.flatMap((configuration) => {
    const outcomes = took
      .filter(({ sweep }) => sweep?.configuration === configuration.number)
      .map(({ epochs }) => ({ epochs: epochs.slice(0, until) }))
    return outcomes.length === 0 ? [] : [{ configuration, outcomes }]
  })
  return survivors(contestants, keep)
}
