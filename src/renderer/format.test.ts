import { expect, test } from 'vitest'
import { duration, megabytes, metric, percent, plural } from './format.ts'

test('a probability is a per cent without decimals', () => {
  expect(percent(0.873)).toBe('87 %')
})

test('an unknown figure is a dash, never zero', () => {
  expect(metric(undefined)).toBe('–')
  expect(metric(0.98765)).toBe('0.988')
})

test('a duration shows minutes and seconds, and hours only when there are any', () => {
  expect(duration(125)).toBe('02:05')
  expect(duration(3725)).toBe('1:02:05')
  expect(duration(-3)).toBe('00:00')
})

test('sizes are in MB of a million bytes', () => {
  expect(megabytes(12_300)).toBe('13 kB')
  expect(megabytes(1_234_567)).toBe('1.2 MB')
  expect(megabytes(1_234_567_890)).toBe('1,235 MB')
})

test('a count agrees with its noun', () => {
  expect(plural(1, 'film')).toBe('1 film')
  expect(plural(5216, 'film')).toBe('5,216 films')
})
