/** Long work, one at a time by priority and in the order of asking; each can be watched and cancelled, and is remembered. */
import type { JobKind, JobSnapshot, JobState } from '../shared/domain/job.ts'
import { isCancelled, toAppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { newId } from '../store/newId.ts'

export interface JobProgress {
  /** 0–1; left out while it cannot be known. */
  readonly progress?: number | undefined
  readonly detail: string
  /** Reckoned from the progress when left out. */
  readonly secondsLeft?: number | undefined
}

export interface JobOrder {
  readonly kind: JobKind
  readonly title: string
  readonly subjectId?: string
  /** Those of higher priority begin first; 0 when left out. What runs is never pushed aside. */
  readonly priority?: number
  /** Answers what was done, in a line. CANCELLED is a cancel, every other throw a failure. */
  readonly run: (job: Job<JobProgress>) => Promise<string>
  /** Told when it is cancelled before its turn came. */
  readonly onNeverRun?: () => void
}

export interface JobsOptions {
  readonly save: (snapshot: JobSnapshot) => void
  readonly onChange: () => void
  readonly onFailure: (kind: JobKind, cause: unknown) => void
  readonly nowMs?: () => number
}

export type Jobs = ReturnType<typeof createJobs>

interface Entry {
  readonly order: JobOrder
  readonly controller: AbortController
  snapshot: JobSnapshot
  priority: number
}

/** How many ended ones stay in sight. */
const shownEnded = 20

export function createJobs({ save, onChange, onFailure, nowMs = Date.now }: JobsOptions) {
  const waiting: Entry[] = []
  const ended: JobSnapshot[] = []
  let active: Entry | undefined

  function enter(entry: Entry, state: JobState) {
    const isEnd = state.kind !== 'queued' && state.kind !== 'running'
    const endedAt = isEnd ? { endedAt: new Date(nowMs()).toISOString() } : {}
    entry.snapshot = { ...entry.snapshot, state, ...endedAt }
    if (isEnd) {
      ended.unshift(entry.snapshot)
      ended.length = Math.min(ended.length, shownEnded)
    }
    save(entry.snapshot)
    onChange()
  }

  /** Behind all of its own priority. */
  function lineUp(entry: Entry) {
    const at = waiting.findIndex(({ priority }) => priority < entry.priority)
    waiting.splice(at < 0 ? waiting.length : at, 0, entry)
  }

  async function runNext() {
    const entry = active ? undefined : waiting.shift()
    if (!entry) return
    active = entry
    const { order, controller } = entry
    const startMs = nowMs()
    enter(entry, { kind: 'running', detail: 'Starting' })
    const report = ({ progress, detail, secondsLeft }: JobProgress) => {
      if (entry.snapshot.state.kind !== 'running') return
      const left = secondsLeft ?? reckon(progress, (nowMs() - startMs) / 1000)
      // Progress is for the eyes; only beginnings and ends are worth a write.
      const state: JobState = { kind: 'running', progress, detail, secondsLeft: left }
      entry.snapshot = { ...entry.snapshot, state }
      onChange()
    }
    try {
      const detail = await order.run({ signal: controller.signal, report })
      active = undefined
      enter(entry, { kind: 'done', detail })
    } catch (cause) {
      active = undefined
      if (!isCancelled(cause)) onFailure(order.kind, cause)
      enter(
        entry,
        isCancelled(cause)
          ? { kind: 'cancelled' }
          : { kind: 'failed', reason: toAppError(cause).message },
      )
    }
    void runNext()
  }

  return {
    /** Queues it; answers its id at once. */
    start(order: JobOrder): string {
      const { kind, title, subjectId, priority = 0 } = order
      const id = newId(nowMs())
      const snapshot: JobSnapshot = {
        ...{ id, kind, title, state: { kind: 'queued' } },
        ...(subjectId !== undefined && { subjectId }),
        createdAt: new Date(nowMs()).toISOString(),
      }
      const entry = { order, controller: new AbortController(), snapshot, priority }
      lineUp(entry)
      enter(entry, { kind: 'queued' })
      void runNext()
      return id
    },
    /** A running one is asked to stop and ends in its own time; an unknown or ended one stays as it is. */
    cancel(id: string) {
      if (active?.snapshot.id === id) active.controller.abort()
      const at = waiting.findIndex(({ snapshot }) => snapshot.id === id)
      if (at < 0) return
      const [entry] = waiting.splice(at, 1)
      entry!.order.onNeverRun?.()
      enter(entry!, { kind: 'cancelled' })
    },
    /** Moves one that waits behind the others of its new priority; another stays as it is. */
    prioritise(id: string, priority: number) {
      const at = waiting.findIndex(({ snapshot }) => snapshot.id === id)
      if (at < 0) return
      const [entry] = waiting.splice(at, 1)
      entry!.priority = priority
      lineUp(entry!)
      onChange()
    },
    /** Lets one that waits begin next, before all others; another stays as it is. */
    hurry(id: string) {
      const at = waiting.findIndex(({ snapshot }) => snapshot.id === id)
      if (at < 1) return
      const [entry] = waiting.splice(at, 1)
      entry!.priority = Math.max(entry!.priority, waiting[0]!.priority)
      waiting.unshift(entry!)
      onChange()
    },
    /** Running, queued, then those that ended lately, newest first. */
    snapshots: (): JobSnapshot[] => [
      ...(active ? [active.snapshot] : []),
      ...waiting.map(({ snapshot }) => snapshot),
      ...ended,
    ],
  }
}

/** Seconds left at the speed so far; undefined until there is a speed to speak of. */
export function reckon(progress: number | undefined, elapsedSeconds: number): number | undefined {
  if (progress === undefined || progress < 0.02 || elapsedSeconds < 1) return undefined
  return (elapsedSeconds * (1 - progress)) / progress
}
