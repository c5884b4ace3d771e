import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { createModelCache, type LoadedModel } from './modelCache.ts'

let root = ''
const loaded: string[] = []
const freed: string[] = []

/** A stand-in for a network that only tells when it was loaded and freed. */
function load(folder: string): Promise<LoadedModel> {
  if (folder.endsWith('bad')) return Promise.reject(new AppError('BAD_MODEL', 'bad'))
  loaded.push(folder)
  const network = { dispose: () => freed.push(folder) }
  const model: unknown = { manifest: {}, network, onFree: [] }
  return Promise.resolve(model as LoadedModel)
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-cache-'))
  await writeFile(join(root, 'model.json'), '{}')
  loaded.length = freed.length = 0
})
afterEach(() => rm(root, { recursive: true, force: true }))
const settled = () => new Promise((resolve) => setImmediate(resolve))
const nothing = () => Promise.resolve()

test('a model is loaded once for many uses, also at the same time', async () => {
  const cache = createModelCache(load)
  await Promise.all([cache.use('a', nothing), cache.use('a', nothing)])
  await cache.use('a', nothing)
  expect(loaded).toEqual(['a'])
})

test('of three models the one used least lately is freed', async () => {
  const cache = createModelCache(load, 2)
  for (const name of ['a', 'b', 'a', 'c']) await cache.use(name, nothing)
  await settled()
  expect(freed).toEqual(['b'])
})

test('a model in use is freed only when its last user is done', async () => {
  const cache = createModelCache(load, 1)
  await cache.use('a', async () => {
    await cache.use('b', nothing)
    await settled()
    expect(freed).toEqual([])
  })
  await settled()
  expect(freed).toEqual(['a'])
})

test('a package that was replaced is loaded anew', async () => {
  const cache = createModelCache(load)
  await cache.use(root, nothing)
  await utimes(join(root, 'model.json'), 1, 1)
  await cache.use(root, nothing)
  await settled()
  expect(loaded).toEqual([root, root])
  expect(freed).toEqual([root])
})

test('a model that cannot be loaded is tried again the next time', async () => {
  const cache = createModelCache(load)
  await expect(cache.use('bad', nothing)).rejects.toMatchObject({ code: 'BAD_MODEL' })
  await expect(cache.use('bad', nothing)).rejects.toMatchObject({ code: 'BAD_MODEL' })
})
