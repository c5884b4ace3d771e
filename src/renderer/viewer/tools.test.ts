import { expect, test } from 'vitest'
import { Tools } from './tools.svelte.ts'

const buttons = (tools: Tools) => [0, 1, 2, 4].map((button) => tools.ofButton(button))

test('radiologists window with the left button, the simple way pans with it', () => {
  const tools = new Tools()
  expect(buttons(tools)).toEqual(['window', 'pan', 'zoom', undefined])
  tools.useMouse('simple')
  expect(buttons(tools)).toEqual(['pan', 'zoom', 'window', undefined])
  tools.useMouse('no such preset')
  expect(tools.mouse).toBe('simple')
})

test('a tool takes the left button until it is chosen again or put away', () => {
  const tools = new Tools()
  tools.choose('length')
  expect(buttons(tools)).toEqual(['length', 'pan', 'zoom', undefined])
  tools.choose('length')
  expect(tools.left).toBe('window')
  tools.choose('angle')
  expect([tools.putAway(), tools.left, tools.putAway()]).toEqual([true, 'window', false])
})

test('choosing what the preset does anyway is choosing nothing', () => {
  const tools = new Tools()
  tools.choose('window')
  tools.useMouse('simple')
  expect(tools.left).toBe('pan')
})
