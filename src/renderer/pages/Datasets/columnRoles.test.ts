import { expect, test } from 'vitest'
import { withRole } from './columnRoles.ts'

test('a role that only one column can have moves', () => {
  expect(withRole(['film', 'label', 'none'], 2, 'label')).toEqual(['film', 'none', 'label'])
  expect(withRole(['film', 'label', 'none'], 2, 'sop')).toEqual(['none', 'label', 'sop'])
})

test('classes are in one column of words or in several of 0 and 1', () => {
  expect(withRole(['film', 'flag', 'none'], 2, 'flag')).toEqual(['film', 'flag', 'flag'])
  expect(withRole(['film', 'label', 'none'], 2, 'flag')).toEqual(['film', 'none', 'flag'])
  expect(withRole(['film', 'flag', 'flag'], 2, 'label')).toEqual(['film', 'none', 'label'])
})

test('a column that means nothing takes nothing from the others', () => {
  expect(withRole(['film', 'label', 'none'], 1, 'none')).toEqual(['film', 'none', 'none'])
})
