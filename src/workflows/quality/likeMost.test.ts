import { expect, test } from 'vitest'
import { likeMost } from './likeMost.ts'

test('films like most get 1, a negative gets −1, and half of the bits 0', () => {
  const most = Array.from({ length: 20 }, () => 'a'.repeat(64))
  const all = likeMost([...most, '5'.repeat(64), 'c'.repeat(64), undefined])
  expect(all.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 1))
  expect(all.slice(20)).toEqual([-1, 0, undefined])
  expect(likeMost(['a'.repeat(64)])).toEqual([undefined])
})
