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

function exclude(ids: readonly string[], excluded: boolean) {
  const states = [...store.edits.states('d', ids)]
  const films = states.map(([imageId, before]) => ({ imageId, after: { ...before, excluded } }))
  store.edits.apply('d', 'Excluded or not', films)
}

test('an excluded film stays in its data set, is counted, and takes no part in a training', () => {
  expect(store.datasets.get('d').excluded).toBeUndefined()
  exclude(['a', 'c'], true)
  expect(store.datasets.get('d').excluded).toBe(2)
  expect(store.images.page('d', {}, 0, 10).images.map(({ excluded }) => excluded)).toEqual([
    true,
    undefined,
    true,
  ])
  const films = labelledFilms(store.images.ofDataset('d'), ['NORMAL', 'PNEUMONIA'])
  expect(films.map(({ path }) => path)).toEqual(['/films/b.png'])
  exclude(['a'], false)
  expect(store.images.get('a').excluded).toBeUndefined()
  expect(store.datasets.get('d').excluded).toBe(1)
})
