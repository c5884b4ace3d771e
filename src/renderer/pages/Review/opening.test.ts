import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Api } from '../../api.ts'
import { Opening, type First } from './opening.svelte.ts'
import { film } from './testFilms.ts'

type Asked = Parameters<Api['openFilms']>

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function opening() {
  const asked: Asked[] = []
  const looks: string[] = []
  const firsts: First[] = []
  let end: () => void = () => undefined
  const api: Pick<Api, 'chooseSource' | 'openFilms'> = {
    chooseSource: () => Promise.resolve(null),
    openFilms(...call) {
      asked.push(call)
      return new Promise((resolve) => {
        end = () => resolve({ opened: [], added: [], refused: [] })
      })
    },
  }
  const panes = {
    nextPane: { width: 900, height: 700 },
    lookAhead: (lookId: string) => void looks.push(lookId),
  }
  const status = { engine: { kind: 'starting' } as const }
  const it = new Opening(api, status, panes, (first) => void firsts.push(first))
  const done = it.open({ token: 't', label: 'ward' })
  return { it, asked, looks, firsts, end: () => (end(), done) }
}

test('what is open within a moment comes without a strip', async () => {
  const { it, end } = opening()
  vi.advanceTimersByTime(200)
  expect(it.progress).toBeUndefined()
  await end()
  vi.advanceTimersByTime(1000)
  expect(it.progress).toBeUndefined()
})

test('what takes longer says how far it is', async () => {
  const { it, asked, end } = opening()
  asked[0]![1]?.onProgress?.({ done: 3, total: 9 })
  vi.advanceTimersByTime(300)
  expect(it.progress).toEqual({ label: 'ward', done: 3, total: 9 })
  asked[0]![1]?.onProgress?.({ done: 4, total: 9 })
  expect(it.progress?.done).toBe(4)
  await end()
  expect(it.progress).toBeUndefined()
})

test('main is told of the pane; the look and the film are passed on as they come', async () => {
  const { asked, looks, firsts, end } = opening()
  expect(asked[0]![0]).toEqual({ source: 't', pane: { width: 900, height: 700 } })
  asked[0]![1]?.onProgress?.({ done: 0, total: 1, look: 'l' })
  const first = { item: film('a'), isLookedAt: true }
  asked[0]![1]?.onProgress?.({ done: 1, total: 1, first })
  expect([looks, firsts]).toEqual([['l'], [first]])
  await end()
})
