import { expect, test } from 'vitest'
import { changed, editTitle } from './editFilms.ts'

const before = {
  ...{ className: 'NORMAL', part: null, patient: 'p', excluded: false, tags: ['b'] },
  note: 'look at the left base',
}

test('what a change leaves out stays, and null takes a value away', () => {
  expect(changed(before, { part: 'test' })).toEqual({ ...before, part: 'test' })
  expect(changed(before, { className: null })).toEqual({ ...before, className: null })
})

test('tags are added once, in alphabetical order, and taken away', () => {
  expect(changed(before, { addTags: ['a', 'b'] }).tags).toEqual(['a', 'b'])
  expect(changed(before, { addTags: ['a'], removeTags: ['b'] }).tags).toEqual(['a'])
})

test('a note takes the place of the one before, and an empty one leaves none', () => {
  expect(changed(before, { note: 'seen' }).note).toBe('seen')
  expect(changed(before, { note: '' }).note).toBe('')
  expect(changed(before, { part: 'test' }).note).toBe('look at the left base')
})

test('an edit is told in words', () => {
  expect(editTitle({ excluded: true }, 1)).toBe('Excluded 1 film')
  expect(editTitle({ note: 'left base' }, 1)).toBe('1 film: note')
  expect(editTitle({ note: '' }, 2)).toBe('2 films: without note')
  expect(editTitle({ className: 'PNEUMONIA', addTags: ['look'] }, 3)).toBe(
    '3 films: class PNEUMONIA; tag look',
  )
})
