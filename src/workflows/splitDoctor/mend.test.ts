import { expect, test } from 'vitest'
import { mended } from './mend.ts'

const film = (id: string, group: string, part?: 'train' | 'validation' | 'test') => ({ id, group, ...(part && { part }) }) // prettier-ignore

test('a group goes where most of it lies', () => {
  const films = [film('1', 'a', 'test'), film('2', 'a', 'test'), film('3', 'a', 'train')]
  expect(mended(films)).toEqual([{ id: '3', part: 'test' }])
})

test('of equal halves the training keeps the group', () => {
  const films = [film('1', 'a', 'train'), film('2', 'a', 'test'), film('3', 'b', 'test')]
  expect(mended(films)).toEqual([{ id: '2', part: 'train' }])
})

test('films that no part holds stay free', () => {
  expect(mended([film('1', 'a', 'train'), film('2', 'a')])).toEqual([])
})
