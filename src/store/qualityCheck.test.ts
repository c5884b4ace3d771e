/** Checks whose program ends while they are written down. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FindingKind } from '../shared/domain/findingKind.ts'
import { openDatabase } from './database.ts'
import { migrate, migrations } from './migrate.ts'
import { openStore, type Store } from './store.ts'
import { storedDataset, storedImage, temporaryStore } from './testing/storedFilms.ts'

const FILMS = 1200
const summary = { films: FILMS, known: 0, unreadable: 0 }
const ids = Array.from({ length: FILMS }, (_, at) => `f${at}`)

let opened: ReturnType<typeof temporaryStore>
let store: Store
beforeEach(() => {
  opened = temporaryStore()
  store = opened.store
  store.transaction(() => {
    store.datasets.insert(storedDataset('d'))
    ids.forEach((id, at) => store.images.insert(storedImage(id), at))
    store.datasets.complete('d')
  })
})
afterEach(() => opened.remove())

const check = (kind: FindingKind, imageIds: readonly string[]) =>
  store.checks.replace({
    ...{ datasetId: 'd', checkedAt: kind, summary, end: FILMS },
    findings: imageIds.map((id) => ({
      ...{ kind, severity: 'low' as const, detail: `It is ${kind}`, imageIds: [id] },
    })),
  })

const all = (pieces: Iterable<unknown>) => void Array.from(pieces)

/** All that anybody is told of a check. */
function told() {
  const { quality } = store
  const kinds = (['blurred', 'border'] as const).map((kind) =>
    quality.findings('d', kind, 0, FILMS),
  )
  return {
    at: quality.check('d')?.checkedAt,
    counts: quality
      .counts('d')
      .map(({ kind, findings: of, films, open }) => [kind, of, films, open]),
    lists: kinds.map(({ total, findings: list }) => [
      total,
      list.map(({ films }) => films[0]?.image.id),
    ]),
    facet: store.images.facets('d', {}).flags,
    flagged: store.images.page('d', {}, 0, FILMS).images.flatMap(({ id, flags = [] }) => flags.map((flag) => `${id} ${flag}`)), // prettier-ignore
  }
}

test('a check that ends between any two pieces leaves the old findings or all of the new, and films tell the same', () => {
  const [old, next] = [ids.slice(0, 900), ids.slice(100)]
  all(check('blurred', old))
  const before = told()
  expect(before.counts).toEqual([['blurred', 900, 900, 900]])
  all(check('border', next))
  const after = told()
  expect(after.counts).toEqual([['border', 1100, 1100, 1100]])
  expect(after.lists[1]).toEqual([1100, next])
  const seen: string[] = []
  for (let pieces = 1; ; pieces++) {
    all(check('blurred', old))
    const writing = check('border', next)
    let piece = writing.next()
    for (let at = 1; at < pieces && !piece.done; at++) piece = writing.next()
    // The program is gone, and opened again.
    store.close()
    store = openStore(store.folder, 'test')
    const found = told()
    expect([before, after]).toContainEqual(found)
    expect(found.at).toBe(piece.done || piece.value.counts ? 'border' : 'blurred')
    seen.push(found.at!)
    if (piece.done) break
  }
  expect(new Set(seen)).toEqual(new Set(['blurred', 'border']))
  expect(seen.length).toBeGreaterThan(6)
  // What was left behind goes with the next check.
  all(check('blurred', ids.slice(0, 1)))
  store.close()
  const database = openDatabase(store.folder.database)
  for (const table of ['quality_check', 'finding', 'finding_film'])
    expect(database.prepare(`SELECT 1 FROM ${table}`).all()).toHaveLength(1)
  database.close()
  store = openStore(store.folder, 'test')
})

test('a check that another program is writing down is left alone', () => {
  const other = openStore(store.folder, 'other')
  const theirs = check('border', ids)
  theirs.next()
  const mine = other.checks.replace({
    ...{ datasetId: 'd', checkedAt: 'mine', summary, findings: [], end: FILMS },
  })
  all(mine)
  all(theirs)
  other.close()
  // Theirs began before, so that mine counts; nothing of either is half there.
  expect(store.quality.check('d')?.checkedAt).toBe('mine')
  expect(told().flagged).toEqual([])
})

test('findings of a library from before are kept, in their order and with what was decided', () => {
  const path = `${store.folder.database}.old`
  const database = openDatabase(path)
  migrate(database, migrations.slice(0, 16))
  database.exec(`INSERT INTO dataset (id, name, created_at, root, layout, classes, images, patients,
      refused, duplicates, synthetic, counts)
    VALUES ('d', 'Old', '', '/', 'flat', '[]', 2, 2, 0, 0, 0, '[]')`)
  for (const id of ['a', 'b'])
    database.exec(`INSERT INTO image (id, dataset_id, position, path, file_name, patient, format, rows,
        columns, samples_per_pixel, bytes, file_hash, pixel_hash, synthetic, thumbnail)
      VALUES ('${id}', 'd', 0, '', '', '${id}', 'png', 9, 9, 1, 1, '${id}', '${id}', 0, '')`)
  database.exec(`INSERT INTO quality_check VALUES ('d', '2026-01-01', '${JSON.stringify(summary)}');
    INSERT INTO finding VALUES ('z', 'd', 0, 'duplicate', 'high', 'first', NULL),
      ('y', 'd', 1, 'label', 'medium', 'second', 'CAT'), ('x', 'd', 2, 'label', 'high', 'third', 'DOG');
    INSERT INTO finding_film VALUES ('z', 0, 'b'), ('z', 1, 'a'), ('y', 0, 'a'), ('x', 0, 'b');
    INSERT INTO quality_decision (image_id, kind, decision, decided_at) VALUES ('a', 'label', 'keep', '')`)
  migrate(database)
  const rows = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row as Record<string, unknown>))
  expect(
    rows(`SELECT finding.kind, severity, detail, suggested, image_id
    FROM finding JOIN finding_film ON finding_id = id ORDER BY id, position`),
  ).toEqual([
    ['duplicate', 'high', 'first', null, 'b'],
    ['duplicate', 'high', 'first', null, 'a'],
    ['label', 'medium', 'second', 'CAT', 'a'],
    ['label', 'high', 'third', 'DOG', 'b'],
  ])
  expect(rows('SELECT dataset_id, state, kinds FROM quality_check')).toEqual([
    [
      ...['d', 'done'],
      JSON.stringify([
        { kind: 'duplicate', findings: 1, films: 2, severity: 'high' },
        { kind: 'label', findings: 2, films: 2, severity: 'high' },
      ]),
    ],
  ])
  database.close()
})
