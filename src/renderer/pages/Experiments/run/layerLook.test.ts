import { expect, test } from 'vitest'
import { testRun } from '../../../../shared/domain/testing/testRun.ts'
import { LayerView } from './layerLook.svelte.ts'

const layer = (name: string, type: string, ...outputShape: number[]) => ({
  ...{ name, type, outputShape },
  ...{ params: 0, trainable: true },
})
const film = {
  ...{ id: 'f1', fileName: 'a.png', patient: 'p', rows: 8, columns: 8, bytes: 1 },
  synthetic: false,
}

function view(films = [film]) {
  const asked: unknown[] = []
  const page = new LayerView(
    {
      summarise: () =>
        Promise.resolve({
          layers: [
            layer('conv', 'conv2d', 8, 8, 40),
            layer('pool', 'maxPool', 4, 4, 40),
            layer('head', 'dense', 1),
          ],
          ...{ totalParams: 0, trainableParams: 0, trainingBytes: 0, macs: 0 },
        }),
      sampleSheet: () => Promise.resolve([{ className: 'NORMAL', images: films }]),
      lookInside: ({ look, imageId }) => {
        asked.push([look.kind, look.layer, look.first, imageId])
        const pictures = Math.min(32, 40 - (look.first ?? 0))
        return Promise.resolve({ previewId: `p${asked.length}`, pictures, channels: 40 })
      },
    },
    testRun(),
    'm1',
  )
  return { page, asked }
}

test('a first look is at the maps of the first layer, for the first film', async () => {
  const { page, asked } = view()
  await page.open()
  expect(asked).toEqual([['maps', 'conv', 0, 'f1']])
  expect(page.layers.map(({ name }) => name)).toEqual(['conv', 'pool'])
  expect(page.shown).toMatchObject({ previewId: 'p1', pictures: 32, first: 0 })
})

test('channels are turned over by pages, and another layer begins with its first', async () => {
  const { page, asked } = view()
  await page.open()
  expect(page.hasMore).toBe(true)
  await page.page(1)
  expect([page.hasMore, page.hasBefore]).toEqual([false, true])
  await page.choose({ layer: 'pool' })
  expect(asked.slice(1)).toEqual([
    ['maps', 'conv', 32, 'f1'],
    ['maps', 'pool', 0, 'f1'],
  ])
})

test('a layer without filters gives way to one that has some', async () => {
  const { page, asked } = view()
  await page.open()
  await page.choose({ layer: 'pool' })
  await page.choose({ kind: 'filters' })
  await page.choose({ kind: 'maximise', layer: 'head' })
  expect(asked.slice(2)).toEqual([
    ['filters', 'conv', 0, undefined],
    ['maximise', 'head', 0, undefined],
  ])
})

test('without films the filters are shown', async () => {
  const { page, asked } = view([])
  await page.open()
  expect(asked).toEqual([['filters', 'conv', 0, undefined]])
})
