import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let folder
let cache

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-cache-'))
  vi.stubEnv('PNEUMOSCOPE_CACHE', folder)
  vi.resetModules()
  cache = await import('./cache.mjs')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const makeThing = (part) => writeFileSync(join(part, 'thing'), 'whole')
const entries = () => readdirSync(folder).filter((name) => name !== 'locks')

test('an entry is made once for its ingredients and kept', async () => {
  const make = vi.fn(makeThing)
  const path = await cache.cached('thing', { version: 1 }, make)
  expect(readFileSync(join(path, 'thing'), 'utf8')).toBe('whole')
  expect(await cache.cached('thing', { version: 1 }, make)).toBe(path)
  expect(make).toHaveBeenCalledTimes(1)
  expect(await cache.cached('thing', { version: 2 }, make)).not.toBe(path)
})

test('an entry that cannot be made leaves nothing behind', async () => {
  const fail = () => Promise.reject(new Error('no network'))
  await expect(cache.cached('thing', {}, fail)).rejects.toThrow('no network')
  expect(entries()).toEqual([])
})

test('what a killed set-up left is cleared away', async () => {
  const path = cache.cachedPath('thing', {})
  mkdirSync(`${path}.part-killed`)
  writeFileSync(join(`${path}.part-killed`, 'thing'), 'ha')
  expect(dirname(await cache.cached('thing', {}, makeThing))).toBe(folder)
  expect(entries()).toEqual([basename(path)])
})
