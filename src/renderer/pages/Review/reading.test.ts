import { expect, test } from 'vitest'
import {
  rawWords,
  readingOf,
  shownOf,
  shownWords,
  spoken,
  zoneMeaning,
  zoneWord,
} from './reading.ts'
import type { Calibration, ZoneName, Zones } from '../../../shared/domain/calibration.ts'
import { predictionOf, twoClasses } from './testFilms.ts'

test('a score at the threshold is above it, one just below is not', () => {
  const zoneOf = (score: number) => {
    const reading = readingOf(predictionOf('a', score), twoClasses)
    return reading?.kind === 'two-classes'
      ? zoneWord(reading.zone, reading.between !== undefined)
      : undefined
  }
  expect([zoneOf(0.5), zoneOf(0.4999), zoneOf(1)]).toEqual([
    'Above threshold',
    'Below threshold',
    'Above threshold',
  ])
})

test('a zone is never called by the threshold, which it may lie on the other side of', () => {
  const zones = { low: 0.15, high: 0.34 } as Zones
  const reading = readingOf(predictionOf('a', 0.45), { ...twoClasses, threshold: 0.56, zones })
  expect(reading).toMatchObject({ zone: 'above', threshold: 0.56, between: [0.15, 0.34] })
  expect(['above', 'uncertain', 'below'].map((zone) => zoneWord(zone as ZoneName, true))).toEqual([
    'High zone',
    'Uncertain',
    'Low zone',
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

const on = {
  name: 'Films, validation',
  films: 40,
  positives: 20,
  patients: 40,
  hash: 'a'.repeat(64),
}
const raw = { loss: 0.5, brier: 0.2, ece: 0.2 }
const calibrationWith = (calibrated: typeof raw): Calibration => ({
  map: { kind: 'platt', slope: 1, intercept: Math.log(3) },
  ...{ modelHash: 'b'.repeat(64), on, createdAt: '2026-01-01' },
  test: { folds: 5, raw, calibrated },
})

test('a probability is called calibrated only where its test was passed', () => {
  const passed = {
    ...twoClasses,
    calibration: calibrationWith({ loss: 0.4, brier: 0.1, ece: 0.1 }),
  }
  const reading = readingOf(predictionOf('a', 0.5), passed)
  // Even odds times three are three to one.
  expect(shownOf(reading!)).toBeCloseTo(0.75, 12)
  expect(reading).toMatchObject({
    ...{ kind: 'two-classes', score: 0.5, threshold: 0.5 },
    shown: { scale: 'calibrated' },
  })
  expect(shownWords(reading!)).toBe('75 %')
  expect(rawWords(reading!)).toBe('Raw score 0.500000, threshold 0.500000')
  for (const worse of [
    { ...raw, loss: 0.6 },
    { ...raw, loss: 0.4, ece: 0.3 },
  ]) {
    const failed = { ...twoClasses, calibration: calibrationWith(worse) }
    expect(readingOf(predictionOf('a', 0.5), failed)).toMatchObject({
      shown: { scale: 'raw', score: 0.5, threshold: 0.5 },
    })
  }
})

test('between the two thresholds of the zones a film is uncertain, and each zone says what it means', () => {
  const zones: Zones = {
    ...{ missAtMost: 0.02, falseAlarmAtMost: 0.1, low: 0.2, high: 0.7 },
    ...{ modelHash: 'b'.repeat(64), on, createdAt: '2026-01-01' },
    below: { films: 15, positives: 0 },
    uncertain: { films: 10, positives: 6 },
    above: { films: 15, positives: 14 },
    ...{ missed: 0, missedCi95: [0, 0.161], falseAlarms: 0.05, falseAlarmsCi95: [0.009, 0.236] },
  }
  const zoneAt = (score: number) => {
    const reading = readingOf(predictionOf('a', score), { ...twoClasses, zones })
    return reading?.kind === 'two-classes' ? reading.zone : undefined
  }
  expect([0.19, 0.2, 0.69, 0.7].map(zoneAt)).toEqual(['below', 'uncertain', 'uncertain', 'above'])
  expect(zoneMeaning('below', { zones })).toBe(
    'Of the cases in Films, validation, 0.0\u00A0% scored this low (95\u00A0%: 0.0–16.1\u00A0%).',
  )
  expect(zoneMeaning('uncertain', { zones })).toContain('10 scored in between, 6 of them cases')
  const many = { ...zones, on: { ...zones.on, films: 2116 } }
  expect(zoneMeaning('uncertain', { zones: many })).toContain('Of 2,116 films in')
  expect(zoneMeaning('above', {})).toBeUndefined()
})
