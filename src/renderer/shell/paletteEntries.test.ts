import { expect, test } from 'vitest'
import { matching, paletteEntries } from './paletteEntries.ts'

const entries = paletteEntries({ datasets: [], runs: [], models: [], sweeps: [] })
const labels = (query: string) => matching(entries, query).map(({ label }) => label)

test('every word must be found, in any order and case', () => {
  expect(labels('FOLDER open')).toEqual(['Open a folder of films'])
})

test('what begins with the query comes first', () => {
  expect(labels('in')[0]).toBe('Invert black and white')
})

test('an empty query finds everything, and nonsense nothing', () => {
  expect(matching(entries, '').length).toBe(entries.length)
  expect(labels('xyzzy')).toEqual([])
})

test('places are found by their names', () => {
  expect(labels('go to models')).toEqual(['Go to Models'])
})
