import { expect, test } from 'vitest'
import { film, scored, twoClasses } from './testFilms.ts'
import { beginsGroup, nextGroup, rowsOf, shownRows, type Filter, type Order } from './worklist.ts'

const items = [
  scored('film 10', 0.2),
  film('film 2', { verdict: 'unsure', note: 'Blurred apex' }),
  scored('film 1', 0.9, { verdict: 'pneumonia' }),
  scored('other', 0.5),
]
const shown = (
  choice: { filter?: Filter; order?: Order; search?: string },
  blindFirst = false,
): string[] =>
  shownRows(rowsOf(items, twoClasses, blindFirst), {
    filter: 'all',
    order: 'added',
    search: '',
    ...choice,
  }).map(({ item }) => item.image.id)

test('films come as they were opened, by score with the unscored last, or by name as people count', () => {
  expect(shown({})).toEqual(['film 10', 'film 2', 'film 1', 'other'])
  expect(shown({ order: 'score' })).toEqual(['film 1', 'other', 'film 10', 'film 2'])
  expect(shown({ order: 'name' })).toEqual(['film 1', 'film 2', 'film 10', 'other'])
})

test('the filter keeps unread films, films above the threshold, or those of one verdict', () => {
  expect(shown({ filter: 'unread' })).toEqual(['film 10', 'other'])
  expect(shown({ filter: 'above' })).toEqual(['film 1', 'other'])
  expect(shown({ filter: 'unsure' })).toEqual(['film 2'])
})

test('the search looks into file names, patients and notes, whatever the case', () => {
  expect(shown({ search: ' FILM 1' })).toEqual(['film 10', 'film 1'])
  expect(shown({ search: 'patient of oth' })).toEqual(['other'])
  expect(shown({ search: 'blurred' })).toEqual(['film 2'])
})

test('with the verdict first, films without one show no score and are not ordered by it', () => {
  const rows = rowsOf(items, twoClasses, true)
  expect(rows.map(({ hidden }) => hidden)).toEqual([true, false, false, true])
  expect(rows.map(({ reading }) => reading?.score)).toEqual([undefined, undefined, 0.9, undefined])
  expect(shown({ order: 'score' }, true)).toEqual(['film 1', 'film 10', 'film 2', 'other'])
  expect(shown({ filter: 'above' }, true)).toEqual(['film 1'])
})

test('without a model nothing is read, not even what another model once said', () => {
  expect(rowsOf(items, undefined, false).every(({ reading }) => reading === undefined)).toBe(true)
})

test('cases are studies and patients are their own groups; keys lead to the first film of each', () => {
  const keys = ['a', 'a', 'b', 'c', 'c', 'c']
  expect([0, 1, 2, 3, 5].map((at) => nextGroup(keys, at, 1))).toEqual([2, 2, 3, 3, 5])
  expect([0, 1, 2, 3, 5].map((at) => nextGroup(keys, at, -1))).toEqual([0, 0, 0, 2, 3])
})

test('by patient, the newest study comes first and its films in their order', () => {
  const dicomFilm = (id: string, patient: string, studyDate: string, instanceNumber: number) => {
    const item = film(id, {
      dicom: {
        ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1 },
        ...{ bitsAllocated: 8, bitsStored: 8, lossy: false, studyUid: studyDate },
        ...{ seriesUid: '', sopInstanceUid: id, studyDate, instanceNumber },
      },
    })
    return { ...item, image: { ...item.image, patient } }
  }
  const list = [
    dicomFilm('old', 'p 2', '2020-01-01', 1),
    dicomFilm('second', 'p 2', '2024-01-01', 2),
    dicomFilm('first', 'p 2', '2024-01-01', 1),
    dicomFilm('other', 'p 1', '2022-01-01', 1),
  ]
  const rows = shownRows(rowsOf(list, twoClasses, false), {
    ...{ filter: 'all', order: 'patient', search: '' },
  })
  expect(rows.map(({ item }) => item.image.id)).toEqual(['other', 'first', 'second', 'old'])
  expect(rows.map((_, index) => beginsGroup(rows, index, 'patient'))).toEqual([
    ...[true, true, false, false],
  ])
  expect(rows.map((_, index) => beginsGroup(rows, index, 'case'))).toEqual([
    ...[true, true, false, true],
  ])
})
