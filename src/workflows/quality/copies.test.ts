import { expect, test } from 'vitest'
import { duplicates, nearDuplicates, samePatient } from './copies.ts'

const film = (imageId: string, patient: string, pixelHash = imageId, className = 'NORMAL') => ({
  ...{ imageId, patient, pixelHash, className, part: undefined },
})

test('films with the same pixels are one group; that they contradict each other is told first', () => {
  const films = [
    ...[film('a', 'p', 'x'), film('b', 'p', 'x'), film('c', 'p', 'y')],
    ...[film('d', 'q', 'z'), film('e', 'r', 'z', 'PNEUMONIA')],
  ]
  expect(duplicates(films)).toEqual([
    {
      kind: 'duplicate',
      severity: 'high',
      detail: '2 films with the same pixels, in different classes, under different patients',
      imageIds: ['d', 'e'],
    },
    {
      kind: 'duplicate',
      severity: 'medium',
      detail: '2 films with the same pixels, of one patient',
      imageIds: ['a', 'b'],
    },
  ])
})

test('copies hang together over a chain; alike films of one patient stand apart, those of two are left out', () => {
  const films = ['p', 'q', 'p', 'p', 'q'].map((patient, at) => film(String(at), patient))
  const pairs = [
    { first: 0, second: 1, distance: 4 },
    { first: 1, second: 2, distance: 9 },
    { first: 0, second: 3, distance: 30 },
    { first: 3, second: 4, distance: 30 },
  ]
  expect(nearDuplicates(films, pairs)).toMatchObject([
    {
      severity: 'high',
      imageIds: ['0', '1', '2'],
      detail: expect.stringContaining('up to 9') as unknown,
    },
  ])
  expect(samePatient(films, pairs)).toMatchObject([{ severity: 'low', imageIds: ['0', '3'] }])
})
