import { expect, test, vi } from 'vitest'
import type { Api } from '../../api.ts'
import type { FilmMarks } from '../../../shared/domain/mark.ts'
import { AppError } from '../../../shared/errors.ts'
import { Notices } from '../../state/notices.svelte.ts'
import { testFilm } from '../../viewer/testFilm.ts'
import { FilmCache } from './filmCache.ts'
import { History } from './history.ts'
import { MarkKeeper } from './markKeeper.ts'
import { Panes } from './panes.svelte.ts'
import { film } from './testFilms.ts'

type Load = ConstructorParameters<typeof FilmCache>[0]

const asked: string[] = []

/** Two frames a film. */
const loadSmall: Load = (address) => {
  asked.push(address)
  const frame = Number(address.split('/')[1])
  return Promise.resolve(testFilm(Uint8Array.of(0, 255), { frames: 2, frame }))
}

/** With what main keeps of drawings. */
function makePanes(load = loadSmall, otherFilms: Api['otherFilms'] = () => Promise.resolve([])) {
  asked.length = 0
  const kept = new Map<string, FilmMarks>()
  const main: Partial<Api> = {
    otherFilms,
    filmMarks: ({ imageId }) =>
      Promise.resolve({ drawn: kept.get(imageId) ?? null, turned: imageId === 'turned' }),
    writeFilmMarks({ imageId, ...marks }) {
      kept.set(imageId, marks)
      return Promise.resolve()
    },
  }
  const api = main as Api
  const history = new History()
  const panes = new Panes(api, new FilmCache(load), new MarkKeeper(api, history, new Notices()))
  return { panes, kept, history }
}

test('the neighbours of a film are asked for once it is seen', async () => {
  const { panes } = makePanes()
  await panes.show(film('a'), ['b', 'c'], [])
  expect(asked).toEqual(['a/1'])
  panes.viewer.drawn()
  expect(asked).toEqual(['a/1', 'b/1', 'c/1'])
  expect(panes.both[0].ms).toBeGreaterThanOrEqual(0)
})

test('pixels are asked for at once, while the library still looks for other films of the patient', async () => {
  const asked: string[] = []
  let find: () => void = () => undefined
  const found = new Promise<void>((resolve) => (find = resolve))
  const { panes } = makePanes(
    (address, halvings) => {
      asked.push(`${address}/${halvings}`)
      const size = { rows: 2048, columns: 2500, ...(halvings > 0 && { halvings }) }
      return Promise.resolve(testFilm(new Uint8Array(2500 * 2048), size))
    },
    () => found.then(() => []),
  )
  panes.viewer.resize({ width: 700, height: 700, pixelRatio: 1 })
  const { image } = film('a')
  const dicom = {
    ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1 },
    ...{ bitsAllocated: 16, bitsStored: 12, lossy: false },
    ...{ studyUid: '1', seriesUid: '1', sopInstanceUid: '1' },
  }
  const shown = panes.show({ dicom, image: { ...image, rows: 2048, columns: 2500 } }, [], [])
  expect([asked, panes.viewer.film]).toEqual([['a/1/1'], undefined])
  find()
  await vi.waitFor(() => expect(panes.viewer.film?.halvings).toBe(1))
  panes.viewer.drawn()
  await shown
  await panes.current.complete()
  expect(asked).toEqual(['a/1/1', 'a/1/0'])
})

test('a large film is seen halved first; its pixels and its neighbours come after', async () => {
  const asked: string[] = []
  let arrive: () => void = () => undefined
  const arrival = new Promise<void>((resolve) => (arrive = resolve))
  const { panes } = makePanes(async (address, halvings) => {
    asked.push(`${address}/${halvings}`)
    if (halvings === 0) await arrival
    const size = { rows: 2048, columns: 2500, ...(halvings > 0 && { halvings }) }
    return testFilm(new Uint8Array(halvings > 0 ? 1250 * 1024 : 2500 * 2048), size)
  })
  const { viewer } = panes
  viewer.resize({ width: 700, height: 700, pixelRatio: 1 })
  const [{ image }] = [film('a')]
  const shown = panes.show({ image: { ...image, rows: 2048, columns: 2500 } }, ['b'], [])
  await vi.waitFor(() => expect(viewer.film?.halvings).toBe(1))
  expect(asked).toEqual(['a/1/1'])
  viewer.drawn()
  await shown
  const { ms } = panes.current
  expect(asked).toEqual(['a/1/1', 'a/1/0'])
  panes.run('rotate-left', 1)
  arrive()
  await panes.current.complete()
  expect([viewer.film?.halvings, viewer.view.rotation]).toEqual([0, 270])
  viewer.drawn()
  expect(panes.current.ms).toBe(ms)
  expect(asked).toEqual(['a/1/1', 'a/1/0', 'b/1/0'])
})

test('a large film in a hidden window, which draws nothing, gets its pixels and its score all the same', async () => {
  vi.useFakeTimers()
  try {
    const { panes } = makePanes((_, halvings) => {
      const size = { rows: 2048, columns: 2500, ...(halvings > 0 && { halvings }) }
      return Promise.resolve(
        testFilm(new Uint8Array(halvings > 0 ? 1250 * 1024 : 2500 * 2048), size),
      )
    })
    panes.viewer.resize({ width: 700, height: 700, pixelRatio: 1 })
    const [{ image }] = [film('a')]
    const shown = panes.show({ image: { ...image, rows: 2048, columns: 2500 } }, [], [])
    await vi.advanceTimersByTimeAsync(5000)
    await shown
    await panes.current.complete()
    expect(panes.viewer.film?.halvings).toBe(0)
    expect(panes.current.ms).toBeUndefined()
  } finally {
    vi.useRealTimers()
  }
})

test('a film whose pixels do not follow its first look is not left on the screen', async () => {
  const { panes } = makePanes((_, halvings) =>
    halvings === 0
      ? Promise.reject(new AppError('NOT_FOUND', 'The drive is gone'))
      : Promise.resolve(testFilm(new Uint8Array(500), { rows: 2048, columns: 2048, halvings })),
  )
  panes.viewer.resize({ width: 500, height: 500, pixelRatio: 1 })
  const { image } = film('a')
  const shown = panes.show({ image: { ...image, rows: 2048, columns: 2048 } }, [], [])
  await vi.waitFor(() => expect(panes.viewer.film?.halvings).toBe(2))
  panes.viewer.drawn()
  await shown
  await panes.current.complete()
  expect([panes.viewer.film, panes.current.problem]).toEqual([undefined, 'The drive is gone'])
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

test('a film that was shown alone meets those that came onto the list after it', async () => {
  const { panes } = makePanes()
  await panes.show(film('a'), [], [])
  panes.viewer.drawn()
  await panes.setLayout('two')
  expect(panes.both[1].shown).toBeUndefined()
  await panes.meet(['b'], [film('b')])
  expect(panes.both[1].shown?.image.id).toBe('b')
  await panes.meet(['c'], [film('b')])
  expect(asked).toEqual(['a/1', 'b/1', 'c/1'])
})

test('a film that is still on its way is not asked for again by what comes to hang beside it', async () => {
  let come: () => void = () => undefined
  const here = new Promise<void>((resolve) => (come = resolve))
  const { panes } = makePanes(async () => {
    await here
    return testFilm(Uint8Array.of(0, 255))
  })
  const bring = vi.spyOn(panes.both[0], 'show')
  const shown = panes.show(film('a'), [], [])
  const met = panes.meet(['b'], [film('b')])
  come()
  await Promise.all([shown, met])
  expect(bring).toHaveBeenCalledTimes(1)
  expect(panes.both[0].viewer.film).toBeDefined()
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
