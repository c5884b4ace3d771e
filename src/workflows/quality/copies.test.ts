import { expect, test } from 'vitest'
import { duplicates, nearDuplicates, samePatient } from './copies.ts'

const film = (
  imageId: string,
  patient: string | undefined,
  pixelHash = imageId,
  className = 'NORMAL',
) => ({
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

test('of films whose patients nobody knows it is not said that they are of two', () => {
  const films = [film('a', undefined, 'x'), film('b', undefined, 'x')]
  const [unknown] = duplicates(films)
  expect([unknown!.severity, unknown!.detail]).toEqual([
    'medium',
    '2 films with the same pixels, whose patients are not known',
  ])
  expect(duplicates([...films, film('c', 'p', 'x')])[0]!.detail).toContain('whose patients are not all known') // prettier-ignore
  expect(duplicates([film('a', 'p', 'x'), film('b', 'q', 'x'), film('c', undefined, 'x')])[0]!.severity).toBe('high') // prettier-ignore
  expect(samePatient(films, [{ first: 0, second: 1, distance: 30 }])).toEqual([])
})
