import { afterEach, beforeEach, expect, test } from 'vitest'
import { labelledFilms } from '../workflows/labelledFilms.ts'
import type { Store } from './store.ts'
import { storedDataset, storedImage, temporaryStore } from './testing/storedFilms.ts'

let opened: ReturnType<typeof temporaryStore>
let store: Store
beforeEach(() => {
  opened = temporaryStore()
  store = opened.store
  store.datasets.insert(storedDataset('d'))
  for (const [at, name] of ['a', 'b', 'c'].entries()) store.images.insert(storedImage(name), at)
  store.datasets.complete('d')
})
afterEach(() => opened.remove())

test('an excluded film stays in its data set, is counted, and takes no part in a training', () => {
  expect(store.datasets.get('d').excluded).toBeUndefined()
  store.images.exclude(['a', 'c'], true)
  expect(store.datasets.get('d').excluded).toBe(2)
  expect(store.images.page('d', {}, 0, 10).images.map(({ excluded }) => excluded)).toEqual([
    true,
    undefined,
    true,
  ])
  const films = labelledFilms(store.images.ofDataset('d'), ['NORMAL', 'PNEUMONIA'])
  expect(films.map(({ path }) => path)).toEqual(['/films/b.png'])
  store.images.exclude(['a'], false)
  expect(store.images.get('a').excluded).toBeUndefined()
  expect(store.datasets.get('d').excluded).toBe(1)
})

test('a label is changed in the row alone, and the counts are written anew when they are told', () => {
  store.images.relabel('b', 'PNEUMONIA')
  expect(store.images.get('b').className).toBe('PNEUMONIA')
  const counts = [{ className: 'PNEUMONIA', train: 0, validation: 0, test: 0, unassigned: 1 }]
  store.datasets.recount('d', counts)
  expect(store.datasets.get('d').counts).toEqual(counts)
})
