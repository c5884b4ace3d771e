import { expect, test } from 'vitest'
import { changed, editTitle } from './editFilms.ts'

const before = { className: 'NORMAL', part: null, patient: 'p', excluded: false, tags: ['b'] }

test('what a change leaves out stays, and null takes a value away', () => {
  expect(changed(before, { part: 'test' })).toEqual({ ...before, part: 'test' })
  expect(changed(before, { className: null })).toEqual({ ...before, className: null })
})

test('tags are added once, in alphabetical order, and taken away', () => {
  expect(changed(before, { addTags: ['a', 'b'] }).tags).toEqual(['a', 'b'])
  expect(changed(before, { addTags: ['a'], removeTags: ['b'] }).tags).toEqual(['a'])
})

test('an edit is told in words', () => {
  expect(editTitle({ excluded: true }, 1)).toBe('Excluded 1 film')
  expect(editTitle({ className: 'PNEUMONIA', addTags: ['look'] }, 3)).toBe(
    '3 films: class PNEUMONIA; tag look',
  )
})
