import { expect, test } from 'vitest'
import { isForeign } from './failures.ts'

test.each([
  ['README.md', 'UNSUPPORTED', true],
  ['labels.csv', 'UNSUPPORTED', true],
  ['film.jpeg', 'UNSUPPORTED', false],
  ['IMG0001', 'UNSUPPORTED', false],
  ['scan.dcm', 'UNSUPPORTED', false],
  ['film.png', 'TRUNCATED', false],
])('%s, refused as %s: foreign among films is %s', (name, code, foreign) => {
  expect(isForeign({ path: `/films/${name}`, code, reason: '' })).toBe(foreign)
})
