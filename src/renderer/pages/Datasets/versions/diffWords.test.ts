import { expect, test } from 'vitest'
import { diffWords } from './diffWords.ts'

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
