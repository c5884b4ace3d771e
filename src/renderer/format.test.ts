import { expect, test } from 'vitest'
import { duration, megabytes, metric, percent, percentsApart, plural } from './format.ts'

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

test('a score beside its threshold gets the decimals that tell them apart', () => {
  expect(percentsApart(0.2, 0.5)).toEqual(['20 %', '50 %'])
  expect(percentsApart(0.498, 0.502)).toEqual(['49.8 %', '50.2 %'])
  expect(percentsApart(0.50001, 0.5)).toEqual(['50.00 %', '50.00 %'])
  expect(percentsApart(0.5, 0.5)).toEqual(['50 %', '50 %'])
})
