import { expect, test } from 'vitest'
import fixture from '../../../tests/fixtures/sklearnMetrics.json' with { type: 'json' }
import { Evaluation } from '../../shared/domain/evaluation.ts'
import { midranks, rocAuc } from './auc.ts'
import { brierScore, calibrationBins, expectedCalibrationError } from './calibration.ts'
import {
  accuracy,
  balancedAccuracy,
  confusionAt,
  f1,
  matthews,
  npv,
  ppv,
  sensitivity,
  specificity,
} from '../../shared/judgement/confusion.ts'
import { curvePoints } from './curves.ts'
import { evaluate } from './evaluate.ts'

const classes = ['NORMAL', 'PNEUMONIA']
const none = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 }

test('a score at the threshold is called, and the shares follow from the counts', () => {
  const confusion = confusionAt([0.9, 0.5, 0.2, 0.6, 0.1], [1, 1, 1, 0, 0], 0.5)
  expect(confusion).toEqual({
    truePositives: 2,
    falseNegatives: 1,
    falsePositives: 1,
    trueNegatives: 1,
  })
  expect(sensitivity(confusion)).toBeCloseTo(2 / 3)
  expect(specificity(confusion)).toBe(0.5)
  expect(ppv(confusion)).toBeCloseTo(2 / 3)
  expect(npv(confusion)).toBe(0.5)
  expect(f1(confusion)).toBeCloseTo(2 / 3)
  expect(accuracy(confusion)).toBe(0.6)
})

test('a share of nothing is unknown', () => {
  const figures = [sensitivity, specificity, ppv, npv, f1, accuracy, balancedAccuracy, matthews]
  for (const figure of figures) {
    expect(figure(none)).toBeUndefined()
  }
})

test('equal values share the mean of their ranks', () => {
  expect([...midranks([30, 10, 20, 20])]).toEqual([4, 1, 2.5, 2.5])
})

test('the area counts pairs in the right order, ties for one half', () => {
  // Pairs (sick, healthy): 0.8>0.6, 0.8>0.4, 0.6=0.6, 0.6>0.4 → 3.5 of 4.
  expect(rocAuc([0.8, 0.6, 0.6, 0.4], [1, 1, 0, 0])!.auc).toBe(0.875)
  expect(rocAuc([0.9, 0.1], [1, 0])).toEqual({ auc: 1 })
  expect(rocAuc([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])).toEqual({ auc: 1, ci95: [1, 1] })
  expect(rocAuc([0.9, 0.1], [1, 1])).toBeUndefined()
})

test('the area over 200,000 films whose scores say nothing is one half', () => {
  const scores = Float64Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 1000)
  const labels = Uint8Array.from({ length: 200_000 }, (_, at) => at % 2)
  expect(rocAuc(scores, labels)!.auc).toBeCloseTo(0.5, 1)
})

test('two equal bins that are off by 0.2 and 0.1 are off by 0.15 on average', () => {
  const scores = [0.2, 0.2, 0.9, 0.9]
  const labels = [0, 0, 1, 1]
  expect(calibrationBins(scores, labels, 2)).toMatchObject([
    { count: 2, from: 0.2, to: 0.2, meanScore: 0.2, sickShare: 0 },
    { count: 2, from: 0.9, to: 0.9, meanScore: 0.9, sickShare: 1 },
  ])
  expect(expectedCalibrationError(scores, labels, 2)).toBeCloseTo(0.15)
})

test('bins of a mapped score are found by the raw scores of their films', () => {
  // Mapped by an isotonic map: two levels.
  const raw = [0.1, 0.2, 0.7, 0.8]
  const bins = calibrationBins([0.25, 0.25, 0.5, 0.5], [0, 0, 1, 0], 4, raw)
  expect(bins).toMatchObject([
    { count: 2, from: 0.1, to: 0.2, meanScore: 0.25, sickShare: 0 },
    { count: 2, from: 0.7, to: 0.8, meanScore: 0.5, sickShare: 0.5 },
  ])
})

test('films of equal score stay in one bin, so their order does not matter', () => {
  const scores = [0.5, 0.5, 0.5, 0.5, 0.9]
  expect(expectedCalibrationError(scores, [1, 0, 1, 0, 1], 5)).toBeCloseTo(0.02)
  expect(expectedCalibrationError(scores, [0, 0, 1, 1, 1], 5)).toBeCloseTo(0.02)
  expect(expectedCalibrationError([], [])).toBeUndefined()
  expect(brierScore([0.5, 1], [1, 1])).toBe(0.125)
  expect(brierScore([], [])).toBeUndefined()
})

test.each(fixture.twoClasses)('scikit-learn agrees on two classes ($threshold)', (expected) => {
  const { labels, scores, threshold, aucCi95, matrix, curve, precisionRecall, ...figures } =
    expected
  const found = evaluate(
    scores.map((score) => [score]),
    labels,
    classes,
    threshold,
  )
  expect(found.matrix).toEqual(matrix)
  expect(found.n).toBe(labels.length)
  for (const [name, value] of Object.entries(figures)) {
    expect(found, name).toHaveProperty(name, expect.closeTo(value, 9))
  }
  expect(found.aucCi95).toEqual(aucCi95.map((limit): unknown => expect.closeTo(limit, 9)))
  const [healthy, sick] = matrix.map(([a, b]) => a! + b!)
  const points = curvePoints(scores, labels)
  expect(points.map(({ threshold }) => threshold ?? Infinity)).toEqual([
    Infinity,
    ...curve.thresholds,
  ])
  points.forEach(({ truePositives, falsePositives }, at) => {
    expect(truePositives / sick!).toBeCloseTo(curve.tpr[at]!, 9)
    expect(falsePositives / healthy!).toBeCloseTo(curve.fpr[at]!, 9)
    const { precision, recall } = precisionRecall
    expect(truePositives / sick!).toBeCloseTo(recall[at]!, 9)
    if (at > 0) {
      expect(truePositives / (truePositives + falsePositives)).toBeCloseTo(precision[at]!, 9)
    }
  })
})

test('scikit-learn agrees on several classes, which have no threshold figures', () => {
  const { labels, probabilities, matrix, perClass, macro, ...figures } = fixture.severalClasses
  const found = evaluate(probabilities, labels, ['a', 'b', 'c', 'd'])
  expect(found.matrix).toEqual(matrix)
  for (const [name, value] of Object.entries(figures)) {
    expect(found, name).toHaveProperty(name, expect.closeTo(value, 9))
  }
  for (const [label, expected] of [...perClass, macro].entries()) {
    const given = [...found.perClass!, found.macro!][label]
    for (const [name, value] of Object.entries(expected)) {
      expect(given, `${label}: ${name}`).toHaveProperty(name, expect.closeTo(value, 9))
    }
  }
  expect(found).not.toHaveProperty('threshold')
})

test('one probability a film says the same as two', () => {
  const one = evaluate([[0.25], [0.75]], [0, 1], classes)
  expect(
    evaluate(
      [
        [0.75, 0.25],
        [0.25, 0.75],
      ],
      [0, 1],
      classes,
    ),
  ).toEqual(one)
  expect(one.loss).toBeCloseTo(-Math.log(0.75))
})

test('what is not defined is absent: films of one class have no area', () => {
  const found = evaluate([[0.2], [0.1]], [0, 0], classes)
  expect(found).toMatchObject({ specificity: 1, npv: 1, accuracy: 1 })
  for (const name of ['auc', 'aucCi95', 'sensitivity', 'ppv', 'f1']) {
    expect(found).not.toHaveProperty(name)
  }
})

test('scores and labels that do not fit are refused', () => {
  expect(() => evaluate([], [], classes)).toThrow(/no films/)
  expect(() => evaluate([[0.1]], [0, 1], classes)).toThrow(/2 labels/)
  expect(() => evaluate([[0.1]], [2], classes)).toThrow(/Label 2/)
  expect(() => evaluate([[0.1]], [0], ['a', 'b', 'c'])).toThrow(/3 classes/)
  expect(() => evaluate([[Number.NaN]], [0], classes)).toThrow(/no probability/)
})

test('a faultless model gets figures that fit their range, however many films', () => {
  for (let films = 2; films < 300; films++) {
    const labels = Array.from({ length: films }, (_, film) => film % 2)
    const scores = labels.map((label, film) => [label * 0.6 + (film / films) * 0.3])
    const found = evaluate(scores, labels, classes, 0.5, labels.map(String))
    expect(Evaluation.parse(found)).toMatchObject({
      auc: expect.closeTo(1, 12) as unknown,
      averagePrecision: expect.closeTo(1, 12) as unknown,
      mcc: expect.closeTo(1, 12) as unknown,
    })
  }
})
