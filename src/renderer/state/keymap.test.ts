import { expect, test } from 'vitest'
import { Keymap, isGivable, tip } from './keymap.svelte.ts'
import { shortcuts } from './shortcuts.ts'

type Held = Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey', true>>
const none = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false }
const press = (key: string, held: Held = {}, keymap = new Keymap()) =>
  keymap.orderOf({ key, ...none, ...held })?.command

test('no key stands for two commands', () => {
  const keys = shortcuts.flatMap((each) => each.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter((key) => !isGivable(key))).toEqual([])
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

test('steps are ten with Shift and a hundred with Ctrl, and only where there are steps', () => {
  const order = (key: string, held: Held) => new Keymap().orderOf({ key, ...none, ...held })
  expect(order('ArrowUp', { altKey: true })).toEqual({ command: 'window-brighter', times: 1 })
  expect(order('ArrowUp', { altKey: true, shiftKey: true })?.times).toBe(10)
  expect(order('ArrowUp', { altKey: true, ctrlKey: true })?.times).toBe(100)
  expect(order('ArrowDown', { shiftKey: true })).toEqual({ command: 'next', times: 10 })
  expect(order('i', { shiftKey: true })).toBeUndefined()
})

test('an event of the browser is understood, whose properties lie in its class', () => {
  const prototype = { ...none, key: 'ArrowDown', altKey: true, shiftKey: true }
  const event = Object.setPrototypeOf({}, prototype) as typeof prototype
  expect(Object.keys(event)).toEqual([])
  expect(new Keymap().orderOf(event)).toEqual({ command: 'window-darker', times: 10 })
})

test('a tool tip tells the key, where there is one', () => {
  expect(tip('reset')).toBe('Reset the view (Space)')
  expect(tip('export-marks-csv')).toBe('Export measurements as CSV')
})

test('a key that is given away is taken from its holder, who can have it back once it is free', () => {
  const keymap = new Keymap()
  expect(keymap.holderOf('N', 'invert')).toBe('verdict-normal')
  expect(keymap.holderOf('N', 'verdict-normal')).toBeUndefined()
  keymap.give('invert', 'N')
  expect([press('n', {}, keymap), press('i', {}, keymap)]).toEqual(['invert', undefined])
  expect(keymap.keysOf('verdict-normal')).toEqual([])
  keymap.reset('verdict-normal')
  expect(keymap.keysOf('verdict-normal')).toEqual([])
  keymap.reset('invert')
  keymap.reset('verdict-normal')
  expect([press('n', {}, keymap), keymap.isOwn]).toEqual(['verdict-normal', false])
})

test('keys that are needed otherwise, and modifiers alone, cannot be given', () => {
  const keymap = new Keymap()
  expect(() => keymap.give('invert', 'Tab')).toThrow(/needed otherwise/)
  expect(['Control', 'Ctrl+Shift', 'Ctrl+C', 'F11'].map(isGivable)).toEqual([
    ...[false, false, false, false],
  ])
  expect(['Ctrl++', '+', 'Ctrl+Shift+I'].map(isGivable)).toEqual([true, true, true])
})

test('keys go into a file and come back; a foreign file or a conflict changes nothing', () => {
  const keymap = new Keymap()
  keymap.give('invert', 'Ctrl+Shift+I')
  const text = keymap.toText()
  const other = new Keymap()
  other.useText(text)
  expect(other.keysOf('invert')).toEqual(['Ctrl+Shift+I'])
  expect(() => other.useText('{"a":1}')).toThrow(/no file of keys/)
  const conflict = text.replace('Ctrl+Shift+I', 'N')
  expect(() => other.useText(conflict)).toThrow(/N stands for «Normal» and «Invert/)
  expect(() => other.useText(text.replace('"invert"', '"fly"'))).toThrow(/unknown: fly/)
  expect(other.keysOf('invert')).toEqual(['Ctrl+Shift+I'])
})
