import { expect, test } from 'vitest'
import type { AuditEntry } from '../../../shared/domain/audit.ts'
import { AuditDesk } from './auditDesk.svelte.ts'
import { auditDetail, auditWords, headText } from './auditWords.ts'

const entry = (number: number): AuditEntry => ({
  ...{
    number,
    at: '2026-01-02T03:04:05.000Z',
    event: 'view',
    subject: 'film',
    detail: { frame: 1 },
  },
  ...{ previous: '0'.repeat(64), hash: String(number).padStart(64, '0') },
})
/** A library with so many entries. */
const libraryOf = (count: number) => {
  const entries = Array.from({ length: count }, (_, at) => entry(count - at))
  const head = { entries: count, hash: entries[0]?.hash ?? '0'.repeat(64) }
  return {
    auditTrail: ({ limit }: { limit: number }) =>
      Promise.resolve({ head, entries: entries.slice(0, limit) }),
    checkAudit: () => Promise.resolve({ head }),
    exportAudit: () => Promise.resolve(true),
  }
}

test('the newest hundred entries are listed, then more until there are none', async () => {
  const desk = new AuditDesk(libraryOf(150))
  await desk.open()
  expect([desk.entries.length, desk.entries[0]?.number, desk.hasMore]).toEqual([100, 150, true])
  expect(desk.check).toEqual({ head: desk.head })
  await desk.more()
  expect([desk.entries.length, desk.hasMore]).toEqual([150, false])
})

test('an empty trail is whole and has nothing more', async () => {
  const desk = new AuditDesk(libraryOf(0))
  await desk.open()
  expect([desk.entries.length, desk.hasMore, desk.head?.entries]).toEqual([0, false, 0])
})

test('entries and the end of the chain are told in words that a tool reads again', () => {
  expect(auditWords.threshold).toBe('Decision changed')
  expect(auditDetail({ films: 3, as: 'zip', scoreSeen: false })).toBe(
    'films 3, as zip, scoreSeen no',
  )
  expect(headText({ entries: 12, hash: 'ab'.repeat(32) })).toBe(`12:${'ab'.repeat(32)}`)
})
