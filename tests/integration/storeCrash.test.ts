import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
// Inside the repository, so that the built writer finds the SQLite driver.
const built = join(here, '../../.cache/storeWriter')
const folders: string[] = []

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(here, 'storeWriter.ts'),
      outDir: built,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'writer.cjs' } },
    },
    ssr: { external: ['libsql'], noExternal: ['zod'] },
  })
}, 60_000)
afterAll(() => {
  for (const folder of [...folders, built]) rmSync(folder, { recursive: true, force: true })
})

function freshRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'pneumoscope-crash-'))
  folders.push(root)
  return root
}

/** Starts the writer, kills it after a while, and answers the keys that it had acknowledged. */
function writeAndKill(root: string, round: number, afterMs: number): Promise<string[]> {
  const writer = spawn(process.execPath, [join(built, 'writer.cjs'), root, String(round)])
  let said = ''
  let errors = ''
  writer.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  writer.stdout.on('data', (chunk: Buffer) => {
    if (said === '') setTimeout(() => writer.kill('SIGKILL'), afterMs)
    said += chunk.toString()
  })
  return new Promise((resolve, reject) =>
    writer.on('close', () => {
      // The last line may have been cut by the kill.
      const lines = said.slice(0, said.lastIndexOf('\n')).split('\n')
      if (lines[0] === 'open') resolve(lines.slice(1))
      else reject(new Error(`The writer did not start: ${errors}`))
    }),
  )
}

test('a writer that is killed at any moment loses nothing that it had acknowledged', async () => {
  const root = freshRoot()
  const acknowledged: string[] = []
  for (let round = 0; round < 12; round++) {
    acknowledged.push(...(await writeAndKill(root, round, 5 + round * 7)))
  }
  expect(acknowledged.length).toBeGreaterThan(12)
  const folder = openLibraryFolder(root)
  const store = openStore(folder, 'test')
  for (const key of acknowledged) {
    expect(store.settings.read(`${key}-a`)).toBe(key)
    expect(store.settings.read(`${key}-b`)).toBe(key)
  }
  // What each had left running is found, and told from what still runs.
  const jobs = store.jobs.newest(100)
  expect(jobs).toHaveLength(12)
  expect(new Set(jobs.map(({ state }) => state.kind))).toEqual(new Set(['interrupted']))
  store.close()
  const database = openDatabase(folder.database)
  expect(database.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
  const halves = `SELECT count(*) AS halves FROM setting a WHERE a.key LIKE '%-a' AND NOT EXISTS
    (SELECT 1 FROM setting b WHERE b.key = substr(a.key, 1, length(a.key) - 1) || 'b')`
  expect(database.prepare(halves).get()).toMatchObject({ halves: 0 })
  database.close()
})

test('two programs write to one library at once, and neither takes the other for dead', async () => {
  const root = freshRoot()
  const writing = writeAndKill(root, 0, 600)
  const store = openStore(openLibraryFolder(root), 'test')
  for (let n = 0; n < 50; n++) {
    store.settings.write(`mine-${n}`, 'x')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const job = store.jobs.newest(1)
  const theirs = await writing
  expect(theirs.length).toBeGreaterThan(0)
  if (job[0]) expect(job[0].state.kind).toBe('running')
  for (const key of theirs) expect(store.settings.read(`${key}-b`)).toBe(key)
  expect(store.settings.read('mine-49')).toBe('x')
  store.close()
})
