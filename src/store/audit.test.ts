import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '../shared/domain/audit.ts'
import { checkChain, hashOfEntry, START } from './auditChain.ts'
import { openDatabase } from './database.ts'
import { openLibraryFolder } from './libraryFolder.ts'
import { openStore, type Store } from './store.ts'

const root = () => folder
let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-audit-'))
  store = openStore(openLibraryFolder(folder), 'test')
  store.audit.append('import', 'dataset', { films: 3 })
  store.audit.append('predict', 'model', { films: 3 })
  store.audit.append('verdict', 'film', { scoreSeen: true })
})
afterEach(() => {
  store.close()
  rmSync(root(), { recursive: true, force: true })
})

test('every entry carries the hash of the one before, from zeros on', () => {
  const entries = store.audit.entries()
  expect(entries.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(entries[0]!.previous).toBe(START)
  expect(entries[2]!.previous).toBe(entries[1]!.hash)
  expect(checkChain(entries)).toEqual({ head: store.audit.head() })
  expect(store.audit.newest(1)).toEqual([entries[2]])
})

test('the database itself refuses to change or delete an entry', () => {
  const database = openDatabase(store.folder.database)
  expect(() => database.exec("UPDATE audit SET subject = 'x'")).toThrow('only ever added to')
  expect(() => database.exec('DELETE FROM audit WHERE number = 3')).toThrow('only ever added to')
  database.close()
})

test('an entry goes with the act that it tells of: both or neither', () => {
  expect(() =>
    store.transaction(() => {
      store.audit.append('threshold', 'model')
      throw new Error('the act failed')
    }),
  ).toThrow('the act failed')
  expect(store.audit.head().entries).toBe(3)
})

const attacks: [what: string, attack: (entries: AuditEntry[]) => AuditEntry[], number: number][] = [
  ['changed', (e) => [e[0]!, { ...e[1]!, subject: 'another' }, e[2]!], 2],
  ['taken out', (e) => [e[0]!, e[2]!], 2],
  ['moved', (e) => [e[1]!, e[0]!, e[2]!], 1],
  [
    'changed with a new hash of its own',
    (e) => [e[0]!, rehashed({ ...e[1]!, at: '1999' }), e[2]!],
    3,
  ],
  ['cut off at the end', (e) => e.slice(0, 2), 3],
  ['all written anew', (e) => rewritten(e), 3],
]
const rehashed = (entry: AuditEntry): AuditEntry => ({ ...entry, hash: hashOfEntry(entry) })
function rewritten(entries: readonly AuditEntry[]): AuditEntry[] {
  const made: AuditEntry[] = []
  for (const entry of entries)
    made.push(rehashed({ ...entry, at: '1999', previous: made.at(-1)?.hash ?? START }))
  return made
}

test.each(attacks)(
  'a trail that was %s is found out, by its end where nothing else shows it',
  (_, attack, number) => {
    const kept = store.audit.head()
    const { broken } = checkChain(attack(store.audit.entries()), kept)
    expect(broken?.number).toBe(number)
  },
)

test('without an end that was kept, a cut and a trail written anew cannot be seen', () => {
  const entries = store.audit.entries()
  expect(checkChain(entries.slice(0, 2)).broken).toBeUndefined()
  expect(checkChain(rewritten(entries)).broken).toBeUndefined()
})
