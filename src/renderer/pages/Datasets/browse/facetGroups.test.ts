import { expect, test } from 'vitest'
import type { Facets } from '../../../../shared/domain/dataset.ts'
import { shownGroups } from './facetGroups.ts'

const facets: Facets = {
  classes: [{ value: 'NORMAL', count: 3 }],
  parts: [],
  sizes: [{ value: 'small', count: 3 }],
  tags: [],
  perPatient: [
    { value: 'one', count: 1 },
    { value: 'few', count: 2 },
  ],
  ...{ ages: [], views: [], flags: [{ value: 'text', count: 1 }] },
  ...{ excluded: 0, copies: 0 },
}
const titles = (filter = {}) => shownGroups(facets, filter).map(({ title }) => title)

test('groups in which all films are alike are left out, save class and part', () => {
  expect(titles()).toEqual(['Class', 'Part', 'Quality', 'Films of the patient'])
})

test('a group that films are chosen by stays, so that the choice can be taken back', () => {
  expect(titles({ sizes: ['small'] })).toContain('Size')
  expect(shownGroups(facets, { sizes: ['small'] }).at(-1)).toMatchObject({
    values: [{ value: 'small', label: 'Under 512 pixels', count: 3 }],
    chosen: ['small'],
  })
})

test('choices become a filter of values that it knows', () => {
  const patients = shownGroups(facets, {}).at(-1)!
  expect(patients.take(['few', 'nonsense'])).toEqual({ perPatient: ['few'] })
})
