import { expect, test, vi } from 'vitest'
import { testFilm } from './testFilm.ts'
import { Tools } from './tools.svelte.ts'
import { freshView } from './view.ts'
import { Viewer } from './viewer.svelte.ts'

const film = testFilm(Uint16Array.of(0, 4095), {
  ...{ rows: 1, columns: 2 },
  windows: [{ kind: 'window', label: '', centre: 2000, width: 1000, shape: 'linear' }],
})

function viewer() {
  const it = new Viewer(new Tools(), () => undefined)
  it.resize({ width: 200, height: 100, pixelRatio: 1 })
  it.show(film)
  return it
}

test('reset returns to what the file asked for, whatever was done', () => {
  const it = viewer()
  const commands = ['window-lung', 'invert', 'rotate-left', 'flip-vertical', 'zoom-in'] as const
  commands.forEach((command) => it.run(command))
  it.run('window-brighter', 100)
  expect(it.view).not.toEqual(freshView)
  it.run('reset')
  expect(it.view).toEqual(freshView)
  expect(it.scale).toEqual({ shape: 'linear', centre: 2000, width: 1000 })
})

test('a film is seen once it is drawn, and not any more when it goes', async () => {
  const it = viewer()
  expect(it.seen).toBeUndefined()
  it.drawn()
  await vi.waitFor(() => expect(it.seen).toBe(film))
  it.show(undefined)
  expect(it.seen).toBeUndefined()
})

test('keys move the window in steps of one grey, tenfold and a hundredfold', () => {
  const it = viewer()
  it.run('window-darker')
  it.run('window-darker', 10)
  it.run('window-wider', 100)
  expect(it.scale?.centre).toBeCloseTo(2011, 9)
  expect(it.scale?.width).toBeCloseTo(1100, 9)
})

test('a film turned over stays so through a reset, and is brightened the other way', () => {
  const it = viewer()
  it.turnOver(true)
  it.run('reset')
  expect([it.film?.inverted, it.view.invert]).toEqual([true, false])
  it.run('window-darker')
  expect(it.scale?.centre).toBeCloseTo(1999, 9)
})

test('linked panes share one view, each on its own values; unlinked ones keep it and part', () => {
  const [a, b] = [viewer(), viewer()]
  b.show(testFilm(Uint8Array.of(0, 100)))
  b.share(a.look)
  a.useWindow('full')
  a.run('rotate-right')
  expect(b.view.rotation).toBe(90)
  expect([a.edges, b.edges]).toEqual([
    { low: 0, high: 4095 },
    { low: 0, high: 100 },
  ])
  b.share(undefined)
  a.run('rotate-right')
  expect([a.view.rotation, b.view.rotation]).toEqual([180, 90])
})

test('typed edges are the window', () => {
  const it = viewer()
  it.useEdges({ low: 100, high: 300 })
  expect(it.edges?.low).toBeCloseTo(100, 9)
  expect(it.edges?.high).toBeCloseTo(300, 9)
})

test('another frame of a film is seen as the one before', () => {
  const it = viewer()
  it.run('rotate-left')
  it.show(film, { keepView: true })
  expect(it.view.rotation).toBe(270)
  it.show(film)
  expect(it.view.rotation).toBe(0)
})
