import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DatasetEdit } from '../shared/domain/datasetEdit.ts'
import { historyOf } from './edit.ts'
import { openLibraryFolder } from './libraryFolder.ts'
import { openStore, type Store } from './store.ts'
import { storedDataset, storedImage, temporaryStore } from './testing/storedFilms.ts'

const clean: (() => void)[] = []
afterEach(() => {
  for (const undo of clean.splice(0).reverse()) undo()
})

/** Films 0 … 3 of two patients, the first two equal; NORMAL and PNEUMONIA in turn. */
function library(): { store: Store; reopen: () => Store } {
  const root = mkdtempSync(join(tmpdir(), 'pneumoscope-edits-'))
  clean.push(() => rmSync(root, { recursive: true, force: true }))
  const reopen = () => {
    const store = openStore(openLibraryFolder(root), 'test')
    clean.push(() => store.close())
    return store
  }
  const store = reopen()
  store.datasets.insert({
    ...{ id: 'd', name: 'Films', createdAt: '2026-01-01T00:00:00.000Z', root: '/films' },
    ...{ layout: 'classes', classes: ['NORMAL', 'PNEUMONIA'], images: 4, patients: 2 },
    ...{ refused: 0, duplicates: 1, synthetic: false, counts: [] },
  })
  for (const n of [0, 1, 2, 3]) {
    const film = {
      ...{ id: `f${n}`, datasetId: 'd', path: `/films/${n}.png`, fileName: `${n}.png` },
      ...{ className: n % 2 === 0 ? 'NORMAL' : 'PNEUMONIA', patient: n < 2 ? 'a' : 'b' },
      ...{ thumbnail: `${n}.jpg`, format: 'png' as const, rows: 4, columns: 3, samplesPerPixel: 1 },
      ...{ bytes: 9, fileHash: `file${n}`, pixelHash: `pixel${Math.max(1, n)}`, synthetic: false },
    }
    store.images.insert(film, n)
  }
  store.datasets.complete('d')
  return { store, reopen }
}

const exclude = (store: Store, id: string) => {
  const before = store.edits.states('d', [id]).get(id)!
  store.edits.apply('d', 'Excluded', [{ imageId: id, after: { ...before, excluded: true } }])
}

test('an edit changes films, counts and version; undo and redo bring both states back', () => {
  const { store } = library()
  exclude(store, 'f1')
  expect(store.images.get('f1').excluded).toBe(true)
  const { counts, duplicates } = store.datasets.get('d')
  expect(counts.map(({ className, unassigned }) => [className, unassigned])).toEqual([['NORMAL', 2], ['PNEUMONIA', 1]]) // prettier-ignore
  expect(duplicates).toBe(0)
  store.edits.undo('d')
  expect(store.images.get('f1').excluded).toBeUndefined()
  store.edits.redo('d')
  expect(store.images.get('f1').excluded).toBe(true)
  const [imported, edited, undone, redone] = store.versions.all('d')
  expect([imported, edited, undone, redone].map((version) => version?.excluded)).toEqual([0, 1, 0, 1]) // prettier-ignore
  expect(undone?.hash).toBe(imported?.hash)
  expect(redone?.hash).toBe(edited?.hash)
  expect(edited?.hash).not.toBe(imported?.hash)
})

test('what can be taken back survives a restart', () => {
  const { store, reopen } = library()
  exclude(store, 'f2')
  store.close()
  clean.pop()
  const again = reopen()
  expect(again.edits.history('d').undo?.title).toBe('Excluded')
  again.edits.undo('d')
  expect(again.images.get('f2').excluded).toBeUndefined()
  expect(() => again.edits.undo('d')).toThrow('nothing to take back')
})

test('tags make no other version, a patient does', () => {
  const { store } = library()
  const change = (id: string, more: object) => {
    const before = store.edits.states('d', [id]).get(id)!
    store.edits.apply('d', 'Changed', [{ imageId: id, after: { ...before, ...more } }])
  }
  change('f0', { tags: ['look'] })
  expect(store.images.get('f0').tags).toEqual(['look'])
  expect(store.versions.all('d')).toHaveLength(1)
  change('f0', { patient: 'c' })
  expect(store.versions.all('d')).toHaveLength(2)
  expect(store.datasets.get('d').patients).toBe(3)
})

test('films are found by tag, exclusion, equal pixels, size and patient, each facet under the others', () => {
  const { store } = library()
  const before = store.edits.states('d', ['f0', 'f3'])
  store.edits.apply('d', 'Tagged', [
    { imageId: 'f0', after: { ...before.get('f0')!, tags: ['look', 'old'] } },
    { imageId: 'f3', after: { ...before.get('f3')!, tags: ['look'], excluded: true } },
  ])
  const ids = (filter: Parameters<typeof store.images.page>[1]) =>
    store.images.page('d', filter, 0, 10).images.map(({ id }) => id)
  expect(ids({ tags: ['look'] })).toEqual(['f0', 'f3'])
  expect(ids({ tags: ['old', 'none'] })).toEqual(['f0'])
  expect(ids({ excluded: true })).toEqual(['f3'])
  expect(ids({ excluded: false, tags: ['look'] })).toEqual(['f0'])
  expect(ids({ copies: true })).toEqual(['f0', 'f1'])
  expect(ids({ perPatient: ['few'] })).toEqual(['f0', 'f1', 'f2', 'f3'])
  expect(ids({ patient: 'b' })).toEqual(['f2', 'f3'])
  expect(ids({ sizes: ['large'] })).toEqual([])
  expect(store.images.facets('d', { excluded: true, tags: ['old'] })).toMatchObject({
    tags: [{ value: 'look', count: 1 }],
    ...{ excluded: 0, copies: 0 },
  })
})

test('a note is kept with the film, found by the search, taken back like any edit, and makes no version', () => {
  const { store } = library()
  const before = store.edits.states('d', ['f2']).get('f2')!
  store.edits.apply('d', 'Note', [{ imageId: 'f2', after: { ...before, note: 'Left base, 100 %' } }]) // prettier-ignore
  const found = (search: string) =>
    store.images.page('d', { search }, 0, 10).images.map(({ id, note }) => [id, note])
  expect(found('LEFT base')).toEqual([['f2', 'Left base, 100 %']])
  expect(found('0 %')).toHaveLength(1)
  expect(store.images.facets('d', { search: 'left' }).classes).toEqual([{ value: 'NORMAL', count: 1 }]) // prettier-ignore
  expect(store.versions.all('d')).toHaveLength(1)
  store.edits.undo('d')
  expect(found('left')).toEqual([])
  expect(store.images.get('f2').note).toBeUndefined()
})

test('patients who are read anew have their films counted anew', () => {
  const { store } = library()
  const one = store.edits.states('d', ['f0']).get('f0')!
  store.edits.apply('d', 'Read anew', [{ imageId: 'f0', after: { ...one, patient: 'c' } }])
  expect(store.images.facets('d', {}).perPatient).toEqual([
    { value: 'one', count: 2 },
    { value: 'few', count: 2 },
  ])
})

test('changes between two versions tell each film once, from its first state to its last', () => {
  const { store } = library()
  exclude(store, 'f0')
  const before = store.edits.states('d', ['f0']).get('f0')!
  store.edits.apply('d', 'Relabelled', [{ imageId: 'f0', after: { ...before, className: 'PNEUMONIA' } }]) // prettier-ignore
  const [first, , last] = store.versions.all('d')
  const films = store.versions.changes('d', first!.edit, last!.edit)
  expect(films).toHaveLength(1)
  expect(films[0]).toMatchObject({
    imageId: 'f0',
    before: { className: 'NORMAL', excluded: false },
    after: { className: 'PNEUMONIA', excluded: true },
  })
})

test('a new edit forgets what was taken back before it', () => {
  const edit = (number: number, kind: DatasetEdit['kind']): DatasetEdit => ({
    ...{ number, kind, at: '', title: `${number}`, films: 1 },
  })
  const log = [edit(1, 'edit'), edit(2, 'edit'), edit(3, 'undo')]
  expect(historyOf(log).undo?.number).toBe(1)
  expect(historyOf(log).redo?.number).toBe(2)
  expect(historyOf([...log, edit(4, 'edit')]).redo).toBeUndefined()
  expect(historyOf([...log, edit(4, 'redo')]).undo?.number).toBe(2)
})

test('an edit leaves the order of the classes, which is that of the labels, whatever their capitals', () => {
  const { store, remove } = temporaryStore()
  clean.push(remove)
  store.datasets.insert({ ...storedDataset('d'), classes: ['normal', 'PNEUMONIA'] })
  store.images.insert(storedImage('a', { className: 'normal' }), 0)
  store.images.insert(storedImage('b', { className: 'PNEUMONIA' }), 1)
  store.images.insert(storedImage('c', { className: 'PNEUMONIA' }), 2)
  store.datasets.complete('d')
  exclude(store, 'c')
  expect(store.datasets.get('d').classes).toEqual(['normal', 'PNEUMONIA'])
})
