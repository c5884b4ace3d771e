import { expect, test } from 'vitest'
import { warningsAbout } from './device.mjs'

const cpu = { device: 'cpu', usesGpu: false }
const cuda = { device: 'cuda', usesGpu: true }

test('nothing is to be said about a machine without an NVIDIA card, or about one that uses it', () => {
  expect(warningsAbout(cpu, undefined)).toEqual([])
  expect(warningsAbout(cuda, '550.54')).toEqual([])
})

test('a card that could be used is pointed out, with the command that does it', () => {
  expect(warningsAbout(cpu, '550.54')[0]).toMatch(/550\.54 found but .*npm run setup -- --gpu/)
})

test('a card that is not used in spite of the CUDA libraries has a reason', () => {
  const idle = { ...cuda, usesGpu: false }
  expect(warningsAbout(idle, undefined)[0]).toContain('no NVIDIA driver')
  expect(warningsAbout(idle, '470.1')[0]).toContain('470.1 is too old')
  expect(warningsAbout(cpu, '470.1')[0]).toContain('470.1 is too old')
  expect(warningsAbout(idle, '550.54')[0]).toContain('no device')
})
