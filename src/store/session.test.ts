import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { openSession } from './session.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-session-'))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

/** What a job of a program with that process id is when the next program has opened the library. */
function stateAfter(pid: number): string {
  const database = openDatabase(join(root, `${pid}.sqlite`))
  try {
    migrate(database)
    const seenAt = new Date().toISOString()
    database.prepare('INSERT INTO session VALUES (:id, :program, :pid, :seenAt)').run({ id: 'before', program: 'window', pid, seenAt }) // prettier-ignore
    database.prepare(`INSERT INTO job (id, kind, title, state, created_at, session_id)
      VALUES ('job', 'training', 'Training', '{"kind":"running","detail":"Starting"}', :seenAt, 'before')`).run({ seenAt }) // prettier-ignore
    openSession(database, 'next', 'window')()
    return (database.prepare('SELECT state FROM job').get() as { state: string }).state
  } finally {
    database.close()
  }
}

/** The process id of a child that has ended, and whose parent never asks after it. */
function zombie(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 600'])
  started.push(parent)
  return new Promise((resolve) => {
    parent.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())))
  })
}

test('the work of a program that lives is left to it', () => {
  expect(stateAfter(process.pid)).toContain('running')
})

test.skipIf(process.platform !== 'linux')(
  'the work of a program that was killed is interrupted, also while its process is not yet taken away',
  async () => {
    const pid = await zombie()
    await expect.poll(() => stateAfterOnce(pid)).toContain('interrupted')
  },
)

/** Until the child has ended it lives, and a library is made anew for each look. */
function stateAfterOnce(pid: number): string {
  rmSync(join(root, `${pid}.sqlite`), { force: true })
  return stateAfter(pid)
}
