import { expect, test } from 'vitest'
import { diffWords, stateWords } from './diffWords.ts'

const none = { added: 0, removed: 0, relabelled: [], moved: [], regrouped: 0, films: [] }

test('each kind of change has its line', () => {
  const diff = {
    ...none,
    ...{ removed: 2, relabelled: [{ from: 'NORMAL', to: null, films: 1 }] },
    moved: [{ from: null, to: 'test' as const, films: 3 }],
  }
  expect(diffWords(diff)).toEqual([
    '2 films removed',
    '1 film relabelled from NORMAL to no class',
    '3 films moved from no part to Test',
  ])
})

test('two versions with the same films say so', () => {
  expect(diffWords(none)).toEqual(['No film differs.'])
})

test('a state of a film tells class, part and patient, and none where nobody knows the patient', () => {
  const state = { className: 'NORMAL', part: 'test' as const, patient: 'im-0001', excluded: true, tags: [], note: '' } // prettier-ignore
  expect(stateWords('IM-0001-0002.jpeg', state)).toBe('NORMAL · Test · im-0001 · excluded')
  expect(
    stateWords('film.png', { ...state, className: null, part: null, patient: 'ward/film.png', excluded: false }), // prettier-ignore
  ).toBe('no class · no part · patient not known')
})
