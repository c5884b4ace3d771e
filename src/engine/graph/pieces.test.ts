import { expect, test } from 'vitest'
import { recipeNamed } from '../models/presets.ts'
import { inferShapes } from '../models/shapes.ts'
import { filmsPerPiece, splitBatch } from './pieces.ts'
import { sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

test('pieces cover the batch in order and differ by one film at most', () => {
  expect(splitBatch(10, 4)).toEqual([
    { start: 0, end: 3 },
    { start: 3, end: 6 },
    { start: 6, end: 10 },
  ])
  expect(splitBatch(8, 8)).toEqual([{ start: 0, end: 8 }])
  expect(splitBatch(8, Number.POSITIVE_INFINITY)).toEqual([{ start: 0, end: 8 }])
})

test('pairs are not parted, and a pair is the least', () => {
  expect(splitBatch(11, 5, 2)).toEqual([
    { start: 0, end: 4 },
    { start: 4, end: 8 },
    { start: 8, end: 11 },
  ])
  expect(splitBatch(4, 1, 2)).toEqual([
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ])
  expect(splitBatch(1, 1, 2)).toEqual([{ start: 0, end: 1 }])
})

test('a smaller budget makes smaller pieces, of one film at least', () => {
  const model = inferShapes(recipeNamed('pneumonia-vgg-lite').spec)
  const [small, large] = [filmsPerPiece(model, 1e9), filmsPerPiece(model, 2e9)]
  expect(small).toBeGreaterThan(1)
  expect(large).toBeGreaterThan(small)
  expect(filmsPerPiece(model, 1)).toBe(1)
})

test('batch normalisation keeps the batch whole unless it is frozen', () => {
  const per = (frozen: boolean) =>
    filmsPerPiece(
      inferShapes(smallSpec([{ type: 'batchNormalization', frozen }, ...sigmoidHead])),
      1,
    )
  expect(per(false)).toBe(Number.POSITIVE_INFINITY)
  expect(per(true)).toBe(1)
})
