import { expect, test } from 'vitest'
import { foldOf } from './fold.ts'

test('a fold is counted from 1 of at least two', () => {
  expect(foldOf('2/5')).toEqual({ index: 2, of: 5 })
  for (const text of ['6/5', '0/5', '1/1']) expect(() => foldOf(text)).toThrow(`no fold ${text}`)
})
