import { expect, test } from 'vitest'
import { Selection } from './selection.svelte.ts'
import { film } from './testFilms.ts'
import { Worklist } from './worklist.svelte.ts'

async function selectionOf(...ids: string[]) {
  const api = {
    worklist: () => Promise.resolve(ids.map((id) => film(id))),
    listModels: () => Promise.resolve([]),
    listDatasets: () => Promise.resolve([]),
  }
  const worklist = new Worklist(api, { blindFirst: false })
  await worklist.load()
  return { worklist, selection: new Selection(worklist) }
}

test('beyond either end of the list its first and last film are the neighbours', async () => {
  const { selection } = await selectionOf('a', 'b', 'c')
  selection.take('b')
  expect([-5, -1, 1, 5].map((by) => selection.neighbour(by))).toEqual(['a', 'a', 'c', 'c'])
})

test('a film that the filter took away leaves its place to the one after it', async () => {
  const { selection, worklist } = await selectionOf('a', 'b', 'c')
  selection.take('b')
  worklist.filter = 'unread'
  worklist.patch('b', { verdict: 'normal' })
  expect(selection.index).toBe(-1)
  expect([selection.neighbour(-1), selection.neighbour(1)]).toEqual(['a', 'c'])
})

test('an empty list has no neighbours', async () => {
  const { selection } = await selectionOf()
  expect([selection.neighbour(1), selection.at(0), selection.item]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
