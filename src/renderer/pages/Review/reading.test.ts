import { expect, test } from 'vitest'
import { readingOf, spoken, zoneWord } from './reading.ts'
import { predictionOf, twoClasses } from './testFilms.ts'

test('a score at the threshold is above it, one just below is not', () => {
  const zoneOf = (score: number) => {
    const reading = readingOf(predictionOf('a', score), twoClasses)
    return reading?.kind === 'two-classes' ? zoneWord(reading.zone) : undefined
  }
  expect([zoneOf(0.5), zoneOf(0.4999), zoneOf(1)]).toEqual([
    'Above threshold',
    'Below threshold',
    'Above threshold',
  ])
})

test('two classes are read as the score of the last one', () => {
  expect(readingOf(predictionOf('a', 0.8), twoClasses)).toMatchObject({
    positive: 'Pneumonia',
    score: 0.8,
  })
})

test('of more classes the likeliest is named, and no threshold is made up', () => {
  const prediction = { ...predictionOf('a', 0), probabilities: [0.2, 0.5, 0.3] }
  expect(readingOf(prediction, { classes: ['0', 'Virus', 'TB'], threshold: 0.5 })).toEqual({
    kind: 'many-classes',
    top: 'Virus',
    score: 0.5,
    classes: [
      { name: '0', score: 0.2 },
      { name: 'Virus', score: 0.5 },
      { name: 'TB', score: 0.3 },
    ],
  })
})

test('an answer with another number of classes is no reading', () => {
  expect(readingOf(predictionOf('a', 1), { classes: ['a', 'b', 'c'], threshold: 0.5 })).toBe(
    undefined,
  )
})

test('shouted class names are spoken, short forms stay', () => {
  expect(['PNEUMONIA', 'Normal', 'TB', 'no_finding'].map(spoken)).toEqual([
    'Pneumonia',
    'Normal',
    'TB',
    'no_finding',
  ])
})
