import { expect, test } from 'vitest'
import { numberProblem, type NumberRule } from './numberRule.ts'

const zoom: NumberRule = { label: 'Zoom', hint: '', min: 0, max: 0.9, unit: '%', scale: 100 }
const epochs: NumberRule = { label: 'Epochs', hint: '', min: 1, max: 10_000, whole: true }

test('a value within its bounds is no problem', () => {
  expect(numberProblem(zoom, 0.9)).toBeUndefined()
})

test('bounds are told in the unit that is shown', () => {
  expect(numberProblem(zoom, 0.95)).toBe('Between 0 and 90 %.')
  expect(numberProblem(epochs, NaN)).toBe('Between 1 and 10,000.')
})

test('a count must be whole', () => {
  expect(numberProblem(epochs, 2.5)).toBe('A whole number is needed.')
})

test('an empty field is off only where that is allowed', () => {
  expect(numberProblem({ ...epochs, optional: true }, undefined)).toBeUndefined()
  expect(numberProblem(epochs, undefined)).toBe('A number is needed.')
})
