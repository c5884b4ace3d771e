import { expect, test } from 'vitest'
import { libraryOption } from './programArguments.ts'

test('the library is named by the option, in either form', () => {
  expect(libraryOption(['electron', '.', '--library', '/a b'])).toBe('/a b')
  expect(libraryOption(['electron', '.', '--library=/c=d'])).toBe('/c=d')
  expect(libraryOption(['electron', '.'])).toBeUndefined()
})
