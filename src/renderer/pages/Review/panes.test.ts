import { expect, test } from 'vitest'
import type { Api } from '../../api.ts'
import type { FilmMarks } from '../../../shared/domain/mark.ts'
import { Notices } from '../../state/notices.svelte.ts'
import { testFilm } from '../../viewer/testFilm.ts'
import { FilmCache } from './filmCache.ts'
import { History } from './history.ts'
import { MarkKeeper } from './markKeeper.ts'
import { Panes } from './panes.svelte.ts'
import { film } from './testFilms.ts'

/** Two frames a film, and what main keeps of drawings. */
function makePanes() {
  const kept = new Map<string, FilmMarks>()
  const main: Partial<Api> = {
    filmMarks: ({ imageId }) =>
      Promise.resolve({ drawn: kept.get(imageId) ?? null, turned: imageId === 'turned' }),
    writeFilmMarks({ imageId, ...marks }) {
      kept.set(imageId, marks)
      return Promise.resolve()
    },
  }
  const api = main as Api
  const history = new History()
  const asked: string[] = []
  const films = new FilmCache((address) => {
    asked.push(address)
    const frame = Number(address.split('/')[1])
    return Promise.resolve(testFilm(Uint8Array.of(0, 255), { frames: 2, frame }))
  })
  const panes = new Panes(api, films, new MarkKeeper(api, history, new Notices()))
  return { panes, kept, history, asked }
}

test('the neighbours of a film are asked for once it is seen', async () => {
  const { panes, asked } = makePanes()
  await panes.show(film('a'), ['b', 'c'], [])
  expect(asked).toEqual(['a/1'])
  panes.viewer.drawn()
  expect(asked).toEqual(['a/1', 'b/1', 'c/1'])
  expect(panes.both[0].ms).toBeGreaterThanOrEqual(0)
})

test('linked films move together until they are unlinked', async () => {
  const { panes } = makePanes()
  panes.layout = 'two'
  await panes.show(film('a'), [], [film('b')])
  expect([panes.count, panes.linked]).toEqual([2, true])
  const [left, right] = panes.both
  panes.run('rotate-right', 1)
  expect(right.viewer.view.rotation).toBe(90)
  panes.toggleLink()
  panes.run('rotate-right', 1)
  expect([left.viewer.view.rotation, right.viewer.view.rotation]).toEqual([180, 90])
  panes.activate(1)
  panes.run('invert', 1)
  expect([left.viewer.view.invert, right.viewer.view.invert]).toEqual([false, true])
})

test('a film that is picked to hang beside comes, and goes again; the layout follows', async () => {
  const { panes } = makePanes()
  await panes.show(film('a'), [], [film('b'), film('c')])
  expect(panes.count).toBe(1)
  await panes.choose('c')
  expect(panes.both[1].shown?.image.id).toBe('c')
  await panes.choose(null)
  expect(panes.count).toBe(1)
  await panes.setLayout('two')
  expect(panes.both[1].shown?.image.id).toBe('b')
})

test('drawings are written for their film, come back with it, and can be taken back', async () => {
  const { panes, kept, history } = makePanes()
  await panes.show(film('a'), [], [])
  const { marks } = panes.viewer
  marks.press('length', { x: 0, y: 0 })
  marks.release({ x: 2, y: 1 }, true)
  expect(kept.get('a')?.marks.length).toBe(1)
  await panes.show(film('b'), [], [])
  expect(panes.viewer.marks.all).toEqual([])
  await panes.show(film('a'), [], [])
  expect(panes.viewer.marks.all.length).toBe(1)
  await history.pop(() => true)?.undo()
  expect([panes.viewer.marks.all.length, kept.get('a')?.marks.length]).toEqual([0, 0])
})

test('a film whose polarity the reader turned comes turned', async () => {
  const { panes } = makePanes()
  await panes.show(film('turned'), [], [])
  expect(panes.viewer.film?.inverted).toBe(true)
})

test('frames are gone through within a film, and stop at its ends', async () => {
  const { panes } = makePanes()
  await panes.show(film('a'), [], [])
  panes.run('rotate-left', 1)
  await panes.current.stepFrame(10)
  expect(panes.viewer.film?.description.frame).toBe(2)
  expect(panes.viewer.view.rotation).toBe(270)
  expect(panes.viewer.marks.frame).toBe(2)
  await panes.current.stepFrame(-10)
  expect(panes.viewer.film?.description.frame).toBe(1)
})
