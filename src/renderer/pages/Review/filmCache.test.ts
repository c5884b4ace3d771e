import { expect, test } from 'vitest'
import { testFilm } from '../../viewer/testFilm.ts'
import { FilmCache } from './filmCache.ts'

const film = (megabytes: number) => testFilm(new Uint8Array(megabytes * 1e6))

test('a film is fetched once, also when it is asked for twice at the same time', async () => {
  const fetched: string[] = []
  const cache = new FilmCache((id) => {
    fetched.push(id)
    return Promise.resolve(film(1))
  })
  await Promise.all([cache.get('a'), cache.get('a')])
  await cache.get('a')
  expect(fetched).toEqual(['a'])
  expect(cache.peek('a')?.samples.length).toBe(1e6)
})

test('beyond 256 MB the films that were used longest ago go', async () => {
  const cache = new FilmCache(() => Promise.resolve(film(100)))
  await cache.get('a')
  await cache.get('b')
  await cache.get('a')
  await cache.get('c')
  expect(['a', 'b', 'c'].map((id) => cache.peek(id) !== undefined)).toEqual([true, false, true])
})

test('a film that could not be fetched is asked for again', async () => {
  let tries = 0
  const cache = new FilmCache(() => {
    tries += 1
    return tries === 1 ? Promise.reject(new Error('The drive is gone')) : Promise.resolve(film(1))
  })
  await expect(cache.get('a')).rejects.toThrow('The drive is gone')
  await expect(cache.get('a')).resolves.toBeDefined()
})

test('a first look is not taken for the film; one that could not be halved is', async () => {
  const fetched: string[] = []
  const cache = new FilmCache((id, halvings) => {
    fetched.push(`${id}/${halvings}`)
    const isHalved = id !== 'padded' && halvings > 0
    return Promise.resolve(testFilm(new Uint8Array(4), isHalved ? { halvings } : {}))
  })
  expect((await cache.firstLook('a', 2)).halvings).toBe(2)
  expect(cache.peek('a')).toBeUndefined()
  expect((await cache.get('a')).halvings).toBe(0)
  expect((await cache.firstLook('a', 2)).halvings).toBe(0)
  await cache.firstLook('padded', 1)
  await cache.get('padded')
  expect(fetched).toEqual(['a/2', 'a/0', 'padded/1'])
})

test('what was fetched before its film had an address serves whoever asks for that film first', async () => {
  const fetched: string[] = []
  const cache = new FilmCache((id, halvings) => {
    fetched.push(`${id}/${halvings}`)
    return Promise.resolve(testFilm(new Uint8Array(4), { halvings }))
  })
  const look = testFilm(new Uint8Array(4), { halvings: 1 })
  cache.takeAhead('a', Promise.resolve(look))
  await cache.firstLook('b', 1)
  expect(await cache.firstLook('a', 1)).toBe(look)
  cache.takeAhead('c', Promise.resolve(look))
  expect((await cache.get('c')).halvings).toBe(0)
  cache.takeAhead('d', Promise.reject(new Error('This look at the film is gone')))
  expect((await cache.firstLook('d', 1)).halvings).toBe(1)
  expect(fetched).toEqual(['b/1', 'c/0', 'd/1'])
})

test('a first look that was asked for ahead serves whoever wants one that is no finer', async () => {
  const fetched: string[] = []
  const cache = new FilmCache((id, halvings) => {
    fetched.push(`${id}/${halvings}`)
    return id === 'gone'
      ? Promise.reject(new Error('The drive is gone'))
      : Promise.resolve(testFilm(new Uint8Array(4), { halvings }))
  })
  const [ahead, same, coarser] = await Promise.all(
    [1, 1, 2].map((each) => cache.firstLook('a', each)),
  )
  expect([same === ahead, coarser === ahead]).toEqual([true, true])
  await cache.firstLook('b', 2)
  await cache.firstLook('b', 1)
  expect(fetched).toEqual(['a/1', 'b/2', 'b/1'])
  await expect(cache.firstLook('gone', 1)).rejects.toThrow('The drive is gone')
  await expect(cache.firstLook('gone', 1)).rejects.toThrow('The drive is gone')
  expect(fetched.slice(3)).toEqual(['gone/1', 'gone/1'])
})
