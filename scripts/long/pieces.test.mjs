import { expect, test } from 'vitest'
import { longRuns, piecesLeft } from './pieces.mjs'

test('the pieces of a run add up to its goal, and no seed is used twice', () => {
  const pieces = piecesLeft([], 480)
  for (const { run, goal } of longRuns) {
    const own = pieces.filter((piece) => piece.run === run)
    expect(
      own.reduce((sum, { amount }) => sum + amount, 0),
      run,
    ).toBe(goal)
    expect(new Set(own.map(({ seed }) => seed)).size).toBe(own.length)
  }
  const files = pieces.filter(({ run }) => run === 'Damaged DICOM files')
  expect(files.slice(0, 2).map(({ seed }) => seed)).toEqual([1, 1001])
})

test('a soak that was shorter than the one that is asked for does not count as it', () => {
  const short = piecesLeft([], 20).filter(({ unit }) => unit === 'minutes')
  expect(piecesLeft(short, 20).filter(({ unit }) => unit === 'minutes')).toEqual([])
  expect(piecesLeft(short, 480).filter(({ unit }) => unit === 'minutes')).toHaveLength(1)
})

test('what has a result is not run again, and every run has its first piece before another its second', () => {
  const all = piecesLeft([], 10)
  const left = piecesLeft(all.slice(0, 3), 10)
  expect(left).toEqual(all.slice(3))
  const first = all.slice(0, longRuns.length + 1)
  expect(new Set(first.map(({ run }) => run)).size).toBe(longRuns.length + 1)
})
