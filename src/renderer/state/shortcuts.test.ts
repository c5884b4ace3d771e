import { expect, test } from 'vitest'
import { commandOf, shortcuts, tip } from './shortcuts.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey', true>> = {}) =>
  commandOf({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held })

test('no key stands for two commands', () => {
  const keys = shortcuts.flatMap((each) => each.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

test('letters obey with and without capitals lock, but not with Shift or Alt held', () => {
  expect([press('n'), press('N')]).toEqual(['verdict-normal', 'verdict-normal'])
  expect([press('N', { shiftKey: true }), press('n', { altKey: true })]).toEqual([
    undefined,
    undefined,
  ])
})

test('signs obey whether or not the keyboard needs Shift for them', () => {
  expect([press('+'), press('+', { shiftKey: true }), press('?', { shiftKey: true })]).toEqual([
    'zoom-in',
    'zoom-in',
    'keys',
  ])
})

test('Ctrl+O opens films, with Shift a folder, and O alone hides the text', () => {
  expect([
    press('o', { ctrlKey: true }),
    press('O', { ctrlKey: true, shiftKey: true }),
    press('o'),
  ]).toEqual(['open-films', 'open-folder', 'overlay'])
})

test('a tool tip tells the key', () => {
  expect(tip('reset')).toBe('Reset the view (Space)')
})
