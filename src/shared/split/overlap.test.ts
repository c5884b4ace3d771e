import { expect, test } from 'vitest'
import { filmGroups, joinedGroups } from './groups.ts'
import { leakOf, overlapsOf } from './overlap.ts'
import { leakWords, overlapsInWords } from './words.ts'

const film = (patient: string, part: 'train' | 'validation' | 'test', pixelHash = `${patient}${part}`) => ({ patient, part, pixelHash }) // prettier-ignore

test('a patient with films on both sides is an overlap of that pair, counted once with its films', () => {
  const films = [film('a', 'train'), film('a', 'train', 'x'), film('a', 'test'), film('b', 'test')]
  expect(overlapsOf(films)).toEqual([
    { kind: 'patient', parts: ['train', 'test'], groups: 1, films: [2, 1] },
  ])
})

test('equal films of two patients are an overlap of copies', () => {
  expect(overlapsOf([film('a', 'train', 'same'), film('b', 'validation', 'same')])).toEqual([
    { kind: 'copy', parts: ['train', 'validation'], groups: 1, films: [1, 1] },
  ])
})

test('nearly equal films of two patients are an overlap of their own', () => {
  const films = [
    { ...film('a', 'train'), near: 'g' },
    { ...film('b', 'test'), near: 'g' },
    { ...film('c', 'test'), near: 'h' },
  ]
  expect(overlapsOf(films)).toEqual([
    { kind: 'near-copy', parts: ['train', 'test'], groups: 1, films: [1, 1] },
  ])
  expect(overlapsInWords(overlapsOf(films))).toBe(
    '1 group of nearly equal films in training and test (1 and 1 films)',
  )
})

test('films that no part holds yet, and patients on one side, leak nothing', () => {
  const open = { patient: 'a', pixelHash: 'p' }
  expect(leakOf([film('a', 'train'), open, film('b', 'test'), film('b', 'test', 'q')])).toBeUndefined() // prettier-ignore
})

test('a leak says how many stand on both sides', () => {
  const leak = leakOf([film('a', 'train'), film('a', 'test'), film('b', 'train')])
  expect(leak?.sizes).toEqual({ train: 2, validation: 0, test: 1 })
  expect(leak && leakWords(leak)).toBe(
    'LEAKY SPLIT: 1 patient in training and test (1 and 1 films). Its figures are better than the network is.',
  )
})

test('a chain of shared keys makes one group, named by its first film', () => {
  expect(joinedGroups([['a', '1'], ['b', '2'], ['c', '1'], ['b', '1'], ['d']])).toEqual(['a', 'a', 'a', 'a', 'd']) // prettier-ignore
})

test('copies bring two patients into one group', () => {
  const films = [
    { patient: 'a', pixelHash: 'x' },
    { patient: 'b', pixelHash: 'x' },
    { patient: 'c', pixelHash: 'y' },
  ]
  expect(filmGroups(films)).toEqual(['a', 'a', 'c'])
})

test('nearly equal films bring two patients into one group, which is named by a patient', () => {
  const films = [
    { patient: 'a', pixelHash: 'x' },
    { patient: 'b', pixelHash: 'y', near: 'g' },
    { patient: 'c', pixelHash: 'z', near: 'g' },
    { patient: 'a', pixelHash: 'w', near: 'g' },
  ]
  expect(filmGroups(films)).toEqual(['a', 'a', 'a', 'a'])
  expect(filmGroups(films.slice(0, 3))).toEqual(['a', 'b', 'b'])
})
