/** Which programs have the library open, so that work left behind by a dead one is told from a running one's. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Database } from './database.ts'

const SessionRow = z.object({ id: z.string(), pid: z.int(), seenAt: z.string() })

/** A living program says so every minute; a process id may be given to another program after ten. */
const beatMs = 60_000
const staleMs = 10 * beatMs

const interruptedReason = 'The program ended while it ran'

/**
 * Enters this program, and marks jobs and runs of programs that are gone as interrupted;
 * data sets that they did not finish are forgotten, save imports that can be gone on with.
 * Returns how to leave.
 */
export function openSession(database: Database, id: string, program: string): () => void {
  const sessions = database.prepare('SELECT id, pid, seen_at AS seenAt FROM session')
  const enter = database.prepare(`INSERT INTO session (id, program, pid, seen_at)
    VALUES (:id, :program, :pid, :seenAt)`)
  const beat = database.prepare('UPDATE session SET seen_at = :seenAt WHERE id = :id')
  const leave = database.prepare('DELETE FROM session WHERE id = :id')
  const interruptRuns = database.prepare(`UPDATE run SET status = 'interrupted', reason = :reason
    WHERE status IN ('queued', 'running') AND session_id NOT IN (SELECT id FROM session)`)
  const interruptJobs = database.prepare(`UPDATE job SET state = '{"kind":"interrupted"}',
    ended_at = :endedAt WHERE ended_at IS NULL AND session_id NOT IN (SELECT id FROM session)`)

  const forgetHalves = database.prepare(`DELETE FROM dataset
    WHERE session_id IS NOT NULL AND import_order IS NULL
    AND session_id NOT IN (SELECT id FROM session)`)

  const now = () => new Date().toISOString()
  database.transaction(() => {
    for (const session of z.array(SessionRow).parse(sessions.all())) {
      if (!isAlive(session)) leave.run({ id: session.id })
    }
    enter.run({ id, program, pid: process.pid, seenAt: now() })
    forgetHalves.run()
    interruptRuns.run({ reason: interruptedReason })
    interruptJobs.run({ endedAt: now() })
  })
  const timer = setInterval(() => {
    // Best effort: a beat that finds the library busy is made up for by the next.
    try {
      beat.run({ id, seenAt: now() })
    } catch {
      return
    }
  }, beatMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    leave.run({ id })
  }
}

function isAlive({ pid, seenAt }: z.infer<typeof SessionRow>): boolean {
  if (Date.now() - Date.parse(seenAt) > staleMs) return false
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (cause) {
    // EPERM: it lives, under another user.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

/** A process that was killed keeps its id until its parent asks after it, which some never do (proc(5), «stat»). */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}
