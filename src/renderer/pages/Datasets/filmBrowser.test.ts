import { expect, test } from 'vitest'
import type { ImageRow } from '../../../shared/domain/dataset.ts'
import { FilmBrowser } from './filmBrowser.svelte.ts'

const film = (index: number): ImageRow => ({
  id: `f${index}`,
  fileName: `${index}.png`,
  patient: `p${index}`,
  rows: 8,
  columns: 8,
  bytes: 64,
  synthetic: false,
})

/** A library of 1,000 films or so that remembers what it was asked; `PNEUMONIA` leaves 300. */
function library(films = 1000) {
  const asked: number[] = []
  return {
    asked,
    images: ({
      filter,
      offset = 0,
      limit = 0,
    }: {
      filter: { classes?: string[] | undefined }
      offset?: number
      limit?: number
    }) => {
      asked.push(offset)
      const total = filter.classes ? 300 : films
      const size = Math.max(0, Math.min(limit, total - offset))
      const images = Array.from({ length: size }, (_, at) => film(offset + at))
      return Promise.resolve({ total, images })
    },
    facets: () =>
      Promise.resolve({
        ...{ classes: [{ value: 'NORMAL', count: 700 }], parts: [], sizes: [], tags: [] },
        ...{ perPatient: [], ages: [], views: [], flags: [] },
        ...{ excluded: 0, copies: 0 },
      }),
  }
}

async function opened(films?: number) {
  const api = library(films)
  const browser = new FilmBrowser(api, 'd')
  await browser.open()
  return { api, browser }
}

test('a page is fetched when it comes into view, and only once', async () => {
  const { api, browser } = await opened()
  expect(browser.total).toBe(1000)
  expect(browser.at(450)).toBeUndefined()
  await browser.show(390, 450)
  await browser.show(400, 460)
  expect(browser.at(450)?.id).toBe('f450')
  expect(api.asked).toEqual([0, 200, 400])
})

test('while two pages are under way, a jump fetches where the eye is, not what it passed', async () => {
  const { api, browser } = await opened()
  const first = browser.show(200, 260)
  const second = browser.show(400, 460)
  const passed = browser.show(600, 660)
  const last = browser.show(800, 860)
  await Promise.all([first, second, passed, last])
  expect(api.asked).toEqual([0, 200, 400, 800])
})

test('a new filter starts from the top without a selection', async () => {
  const { browser } = await opened()
  await browser.pick(7, 'only')
  await browser.setFilter({ classes: ['PNEUMONIA'], parts: [], search: ' ' })
  expect(browser.filter).toEqual({ classes: ['PNEUMONIA'] })
  expect(browser.total).toBe(300)
  expect(browser.focus).toBe(0)
  expect(browser.selected.size).toBe(0)
})

test('a click selects one film, Ctrl adds and takes away, Shift selects up to it', async () => {
  const { browser } = await opened()
  await browser.pick(1, 'only')
  await browser.pick(3, 'toggle')
  expect([...browser.selected]).toEqual(['f1', 'f3'])
  await browser.pick(1, 'toggle')
  expect([...browser.selected]).toEqual(['f3'])
  await browser.pick(190, 'only')
  await browser.pick(405, 'range')
  expect(browser.selected.size).toBe(216)
  expect(browser.selected.has('f405')).toBe(true)
})

test('all films of the filter can be selected', async () => {
  const { browser } = await opened()
  await browser.selectAll()
  expect(browser.selected.size).toBe(1000)
})

test('however far somebody scrolls, no more than some pages are kept, and what is selected stays', async () => {
  const { api, browser } = await opened(50_000)
  await browser.pick(7, 'only')
  await browser.show(1000, 1010)
  await browser.pick(1003, 'toggle')
  for (let page = 249; page >= 0; page--) await browser.show(page * 200, page * 200 + 50)
  const kept = () => Array.from({ length: 50_000 }, (_, at) => browser.at(at)).filter(Boolean)
  expect(kept().length).toBeLessThanOrEqual(12_000)
  expect(browser.selectedFilms().map(({ id }) => id)).toEqual(['f7', 'f1003'])
  expect(browser.at(20)?.id).toBe('f20')
  expect(browser.at(40_000)).toBeUndefined()
  // It is fetched again when it comes into view.
  await browser.show(40_000, 40_050)
  expect(browser.at(40_000)?.id).toBe('f40000')
  expect(api.asked.filter((offset) => offset === 40_000)).toHaveLength(2)
})

test('a long range is selected whole, also where its first pages are forgotten meanwhile', async () => {
  const { browser } = await opened(50_000)
  await browser.pick(150, 'only')
  for (let page = 100; page < 170; page++) await browser.show(page * 200, page * 200 + 50)
  await browser.show(10_100, 10_140)
  await browser.pick(10_140, 'range')
  expect(browser.selected.size).toBe(9_991)
  expect(browser.selected.has('f150')).toBe(true)
  expect(browser.selected.has('f10140')).toBe(true)
})
