import { expect, test } from 'vitest'
import { recipeNamed } from '../models/presets.ts'
import { inferShapes } from '../models/shapes.ts'
import { affordableBytes, affordablePiece } from './memoryLimit.ts'
import { sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const tutorial = inferShapes(recipeNamed('pneumonia-vgg-lite').spec)

test('an arena bounds what can be had to nine tenths of it beside the runtime', () => {
  expect(affordableBytes(8e9, undefined)).toBe(8e9)
  expect(affordableBytes(8e9, '1000000000')).toBe(370e6 + 900e6)
  expect(affordableBytes(1e9, '1000000000')).toBe(1e9)
})

test('a budget above what can be had is not used up: the pieces become smaller', () => {
  const free = affordablePiece(tutorial, 32, 4e9, undefined, 8e9)
  const bounded = affordablePiece(tutorial, 32, 4e9, undefined, 1e9)
  expect(free).toBeGreaterThan(32)
  expect(bounded).toBeLessThan(16)
  expect(bounded).toBeGreaterThan(0)
})

test('a network that does not fit even film by film is refused with the budget in words', () => {
  const refused = () => affordablePiece(tutorial, 32, 1.2e9, undefined, 0.6e9)
  expect(refused).toThrow(/there are 600 MB \(budget 1200 MB\)/)
})

test('a batch that cannot be split is refused when it does not fit whole', () => {
  const whole = inferShapes(smallSpec([{ type: 'batchNormalization' }, ...sigmoidHead]))
  expect(affordablePiece(whole, 4, 1e9, undefined, 1e9)).toBe(Number.POSITIVE_INFINITY)
  expect(() => affordablePiece(whole, 10_000_000, 1e9, undefined, 1e9)).toThrow(/needs about/)
})
