import { expect, test } from 'vitest'
import { shownBelow } from './shownPath.ts'

const shown = shownBelow(['films', './one.png', '/data/set'], '/home/me')

test('what was given from the current folder on is shown so', () => {
  expect(shown('/home/me/films/A/1.png')).toBe('films/A/1.png')
  expect(shown('/home/me/one.png')).toBe('one.png')
  expect(shownBelow(['.'], '/home/me')('/home/me/1.png')).toBe('1.png')
})

test('absolute paths stay, also those of other folders', () => {
  expect(shown('/data/set/1.png')).toBe('/data/set/1.png')
  expect(shown('/home/me/filmset/1.png')).toBe('/home/me/filmset/1.png')
})
