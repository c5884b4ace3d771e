import { expect, test } from 'vitest'
import type { FilmState } from '../../shared/domain/datasetEdit.ts'
import { summarise } from './diff.ts'

const state = (more: Partial<FilmState> = {}): FilmState => ({
  ...{ className: 'NORMAL', part: null, patient: 'p', excluded: false, tags: [], note: '' },
  ...more,
})
const film = (imageId: string, before: Partial<FilmState>, after: Partial<FilmState>) => ({
  ...{ imageId, fileName: `${imageId}.png`, before: state(before), after: state(after) },
})

test('films are added, removed, relabelled, moved or given another patient, each counted on its own', () => {
  const diff = summarise([
    film('1', {}, { excluded: true }),
    film('2', { excluded: true }, {}),
    film('3', {}, { className: 'PNEUMONIA' }),
    film('4', {}, { className: 'PNEUMONIA', part: 'test' }),
    film('5', {}, { patient: 'q' }),
  ])
  expect(diff).toMatchObject({ added: 1, removed: 1, regrouped: 1 })
  expect(diff.relabelled).toEqual([{ from: 'NORMAL', to: 'PNEUMONIA', films: 2 }])
  expect(diff.moved).toEqual([{ from: null, to: 'test', films: 1 }])
  expect(diff.films).toHaveLength(5)
})

test('tags, and what came back to where it was, are no difference', () => {
  const diff = summarise([film('1', {}, { tags: ['a'] }), film('2', { part: 'test' }, { part: 'test' })]) // prettier-ignore
  expect(diff.films).toEqual([])
  expect(diff.moved).toEqual([])
})
