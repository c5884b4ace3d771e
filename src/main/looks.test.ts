import { afterEach, expect, test, vi } from 'vitest'
import type { FilmPixels } from '../shared/domain/filmPixels.ts'
import { createLooks } from './looks.ts'

const film = { rows: 4, columns: 4, halvings: 1 } as FilmPixels

afterEach(() => {
  vi.useRealTimers()
})

test('a look is handed over once', () => {
  const looks = createLooks()
  const id = looks.add(film)
  expect(looks.take(id)).toBe(film)
  expect(() => looks.take(id)).toThrow('gone')
})

test('a look that nobody fetches is given up after some seconds', () => {
  vi.useFakeTimers()
  const looks = createLooks()
  const id = looks.add(film)
  vi.advanceTimersByTime(5000)
  expect(() => looks.take(id)).toThrow('gone')
})
