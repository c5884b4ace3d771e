import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MapTrust } from '../../../../shared/domain/explanation.ts'
import { ModelSpec } from '../../../../shared/domain/modelSpec.ts'
import type { Api } from '../../../api.ts'
import { apply } from '../../../viewer/view.ts'
import { mapColours, mapMatrix } from './filmMap.ts'
import { FilmMaps } from './filmMaps.svelte.ts'
import { greyReason, trustRows } from '../../../../shared/judgement/mapTrustWords.ts'
import { mapCaption } from './mapWords.ts'

const trust: MapTrust = {
  level: 'low',
  stability: { value: 0.3, least: 0.7, holds: false },
  agreement: { value: 0.9, least: 0.7, holds: true },
  deletion: { value: 0.5, least: 0.95, holds: false, area: 0.4, chance: 0.41 },
}
const spec = ModelSpec.parse({
  name: 's',
  input: { height: 2, width: 2, channels: 1 },
  classes: 2,
  layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam' },
})
const film = (imageId: string) => ({ imageId, modelId: 'm', spec })

/** Main answers when the test lets it. */
function main() {
  const asked: { imageId: string; signal: AbortSignal | undefined; answer: () => void }[] = []
  const settings = new Map<string, string>()
  const api: Pick<Api, 'explain' | 'mapTrust' | 'summarise' | 'readSetting' | 'writeSetting'> = {
    summarise: () =>
      Promise.resolve({
        layers: [
          { name: 'conv', type: 'conv2d', outputShape: [2, 2, 4], params: 1, trainable: true },
          { name: 'dense', type: 'dense', outputShape: [1], params: 1, trainable: true },
        ],
        ...{ totalParams: 2, trainableParams: 2, trainingBytes: 1, macs: 1 },
      }),
    explain: ({ imageId, method, layer }, options) =>
      new Promise((resolve) =>
        asked.push({
          ...{ imageId, signal: options?.signal },
          answer: () =>
            resolve({
              ...{ method, target: 1, rows: 2, columns: 2, probabilities: [0, 1], mapId: imageId },
              layer: layer ?? 'conv',
            }),
        }),
      ),
    mapTrust: () => Promise.resolve(trust),
    readSetting: ({ key }) => Promise.resolve(settings.get(key) ?? null),
    writeSetting: ({ key, value }) => Promise.resolve(void settings.set(key, value)),
  }
  return { maps: new FilmMaps(api), asked, settings, api }
}

beforeEach(() => {
  const answer = {
    ok: true,
    arrayBuffer: () => Promise.resolve(Uint8Array.of(0, 85, 170, 255).buffer),
  }
  vi.stubGlobal('fetch', () => Promise.resolve(answer))
})
afterEach(() => vi.unstubAllGlobals())

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('nothing is computed until a map is asked for, and then its tests follow', async () => {
  const { maps, asked } = main()
  await maps.show(film('a'))
  expect(asked).toHaveLength(0)
  const on = maps.toggle()
  await settled()
  expect([asked.length, maps.working, maps.map]).toEqual([1, true, undefined])
  asked[0]!.answer()
  await on
  expect(maps.map).toMatchObject({ imageId: 'a', layer: 'conv', target: 1 })
  expect(maps.trust).toEqual(trust)
  expect(maps.layers).toEqual(['conv'])
})

test('another film gives up the map under way, and a late answer is not shown over it', async () => {
  const { maps, asked } = main()
  await maps.show(film('a'))
  const first = maps.toggle()
  await settled()
  const second = maps.show(film('b'))
  await settled()
  expect(asked[0]!.signal?.aborted).toBe(true)
  asked[0]!.answer()
  await first
  expect(maps.map).toBeUndefined()
  asked[1]!.answer()
  await second
  expect(maps.map?.imageId).toBe('b')
})

test('a map that was seen before comes back without being computed', async () => {
  const { maps, asked } = main()
  await maps.show(film('a'))
  const on = maps.toggle()
  await settled()
  asked[0]!.answer()
  await on
  await maps.toggle()
  expect(maps.map).toBeUndefined()
  await maps.toggle()
  expect([maps.map?.imageId, asked.length]).toEqual(['a', 1])
})

test('a key held is a look, a key tapped a switch', async () => {
  const { maps } = main()
  await maps.toggle(1000)
  await maps.release(1100)
  expect(maps.on).toBe(true)
  await maps.toggle(2000)
  await maps.toggle(3000)
  await maps.release(3900)
  expect(maps.on).toBe(false)
})

test('method, colours and opacity outlive the window; a class and a layer do not', async () => {
  const { maps, api } = main()
  await maps.choose({ method: 'occlusion', target: 0, layer: 'conv' })
  await maps.setPalette('viridis')
  await maps.strengthen(2)
  const later = new FilmMaps(api)
  await later.load()
  expect(later.choice).toEqual({ method: 'occlusion' })
  expect([later.palette, later.opacity]).toEqual(['viridis', 0.8])
})

test('the map covers the whole film: its corners are the film’s', () => {
  const matrix = { a: 0, b: 2, c: -2, d: 0, e: 100, f: 10 }
  const size = { width: 40, height: 30 }
  const map = { rows: 3, columns: 4 }
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const)
    expect(apply(mapMatrix(matrix, size, map), { x: x * 4, y: y * 3 })).toEqual(
      apply(matrix, { x: x * 40, y: y * 30 }),
    )
})

test('where a map says nothing it covers nothing', () => {
  const pixels = mapColours({ values: Uint8Array.of(0, 255) }, 'inferno')
  expect([pixels[3], pixels[7]]).toEqual([0, 255])
})

test('a map that fails two of its tests says which, and what it is of', () => {
  expect(greyReason(trust)).toBe(
    'Do not rely on this map: it moves with the film, what it marks does not carry the score',
  )
  expect(greyReason({ ...trust, level: 'fair' })).toBeUndefined()
  expect(trustRows(trust).map(({ figure, holds }) => [figure, holds])).toEqual([
    ['0.30', false],
    ['0.90', true],
    ['50 %', false],
  ])
  const model = { name: 'Small', classes: ['NORMAL', 'PNEUMONIA'] }
  expect(mapCaption({ method: 'grad-cam', layer: 'conv', target: 1 }, model)).toBe(
    'Grad-CAM of conv · Pneumonia · Small',
  )
})
