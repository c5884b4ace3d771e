import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from './store.ts'
import { storedDataset, storedImage, temporaryStore } from './testing/storedFilms.ts'

let opened: ReturnType<typeof temporaryStore>
let store: Store
beforeEach(() => {
  opened = temporaryStore()
  store = opened.store
  store.datasets.insert(storedDataset('d'))
})
afterEach(() => opened.remove())

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('the hash of a data set is that of its films’ lines in their order, whatever order they came in', () => {
  store.images.insert(storedImage('b', { className: undefined, part: 'train' }), 0)
  store.images.insert(storedImage('a', { patient: 'p "1"' }), 1)
  store.datasets.complete('d')
  expect(store.versions.record('d').hash).toBe(
    sha256(`pneumoscope-dataset 1
["file a","pixels a","NORMAL","p \\"1\\"",null,0]
["file b","pixels b",null,"b","train",0]
`),
  )
})

test('a data set without films has a hash as well', () => {
  store.datasets.complete('d')
  expect(store.versions.record('d').hash).toBe(sha256('pneumoscope-dataset 1\n'))
})

test('films that their names alone tell apart stand in the order of UTF-16, as they always did', () => {
  // U+FF5E is before U+1F600 in UTF-8 and behind it in UTF-16.
  const same = { fileHash: 'f', pixelHash: 'p', patient: '1' }
  store.images.insert(storedImage('a', { ...same, className: '～' }), 0)
  store.images.insert(storedImage('b', { ...same, className: '😀' }), 1)
  store.datasets.complete('d')
  expect(store.versions.record('d').hash).toBe(
    sha256(`pneumoscope-dataset 1
["f","p","😀","1",null,0]
["f","p","～","1",null,0]
`),
  )
})

test('whatever became of its films, the hash is that of the films as they are', () => {
  const files = Array.from({ length: 40 }, (_, at) => sha256(`film ${at}`))
  const film = (at: number) =>
    storedImage(`i${at}`, { fileHash: files[at % 30]!, pixelHash: files[at % 20]!, patient: `p${at % 7}` }) // prettier-ignore
  for (let at = 0; at < 30; at++) store.images.insert(film(at), at)
  store.datasets.complete('d')
  const asTheyAre = () => {
    const lines = store.images.ofDataset('d').map((one) => {
      const { fileHash, pixelHash, className = null, patient, part = null, excluded = false } = one
      return JSON.stringify([fileHash, pixelHash, className, patient, part, Number(excluded)])
    })
    return sha256(['pneumoscope-dataset 1', ...lines.sort(), ''].join('\n'))
  }
  const edit = (id: string, change: object) => {
    const before = store.edits.states('d', [id]).get(id)!
    store.edits.apply('d', 'Changed', [{ imageId: id, after: { ...before, ...change } }])
  }
  const steps = [
    () => edit('i3', { className: 'PNEUMONIA' }),
    () => edit('i4', { excluded: true, part: 'test' }),
    () => edit('i4', { tags: ['look'], note: 'Not in the hash' }),
    () => edit('i5', { patient: 'somebody else' }),
    () => void store.edits.undo('d'),
    () => store.images.insert(film(35), 35),
    () => store.images.place('i35', { patient: 'q', className: 'NORMAL', part: 'train' }, 35),
    () => store.images.delete('i7'),
    // Its picture is there under another film, or nowhere else.
    () => store.images.delete('i5'),
    () => void store.edits.undo('d'),
  ]
  for (const step of steps) {
    step()
    expect(store.versions.record('d').hash).toBe(asTheyAre())
  }
  expect(new Set(store.versions.all('d').map(({ hash }) => hash)).size).toBeGreaterThan(7)
})
