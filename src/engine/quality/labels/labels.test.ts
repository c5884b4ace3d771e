import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { randomStream, normal } from '../../data/random.ts'
import { checkLabels } from './checkLabels.ts'
import { confidentJoint, selfConfidences, suspectLabels } from './confidentLearning.ts'
import { fitLogistic, predictLogistic } from './logisticHead.ts'

const Rows = z.array(z.array(z.number()))
/** Made by scripts/fixtures/cleanlab_labels.py. */
const fixture = z
  .object({
    cases: z.array(
      z.object({
        classes: z.int(),
        labels: z.array(z.int()),
        probabilities: Rows,
        joint: Rows,
        issues: z.array(z.int()),
      }),
    ),
    head: z.object({
      points: Rows,
      labels: z.array(z.int()),
      penalty: z.number(),
      probabilities: Rows,
    }),
  })
  .parse(JSON.parse(readFileSync(join('tests', 'fixtures', 'cleanlabLabels.json'), 'utf8')))
const { signal } = new AbortController()
const job = { signal, report: () => undefined }

/** Four films of each class; the last of each stands in the wrong one. */
const eight = [
  ...[0.9, 0.8, 0.7, 0.1].map((own) => ({ label: 0, probabilities: [own, 1 - own] })),
  ...[0.9, 0.9, 0.6, 0.2].map((own) => ({ label: 1, probabilities: [1 - own, own] })),
]

test('worked by hand: thresholds are mean self-confidences, the joint counts who reaches them', () => {
  // (0.9 + 0.8 + 0.7 + 0.1) / 4 and (0.9 + 0.9 + 0.6 + 0.2) / 4.
  expect(selfConfidences(eight, 2)[0]).toBeCloseTo(0.625, 12)
  expect(selfConfidences(eight, 2)[1]).toBeCloseTo(0.65, 12)
  // Label 0: three reach 0.625 of class 0, the last reaches 0.65 of class 1. Label 1: two reach 0.65, one of 0.6 none,
  // the last reaches 0.625 of class 0; 1 of 3 scaled to four films is 1.33, which rounds to 1.
  expect(confidentJoint(eight, 2)).toEqual([
    [3, 1],
    [1, 3],
  ])
  expect(suspectLabels(eight, 2).map(({ film, predicted }) => [film, predicted])).toEqual([
    [3, 1],
    [7, 0],
  ])
  expect(suspectLabels(eight, 2)[0]?.margin).toBeCloseTo(0.1 - 0.9, 12)
})

test('joint, pruned films and their order are those of cleanlab', () => {
  for (const { classes, labels, probabilities, joint, issues } of fixture.cases) {
    const films = labels.map((label, at) => ({ label, probabilities: probabilities[at]! }))
    expect(confidentJoint(films, classes)).toEqual(joint)
    expect(suspectLabels(films, classes).map(({ film }) => film)).toEqual(issues)
    expect(issues.length).toBeGreaterThan(5)
  }
})

test('the logistic head gives the probabilities of scikit-learn', async () => {
  const { points, labels, penalty, probabilities } = fixture.head
  const films = points.map((point) => Float32Array.from(point))
  const head = await fitLogistic({ points: films, labels, classes: 3 }, penalty, signal)
  for (const [at, film] of films.entries())
    for (const [label, value] of predictLogistic(head, film).entries())
      expect(value).toBeCloseTo(probabilities[at]![label]!, 3)
})

/** Two clouds of points, three films a patient. */
function clouds(count: number, flipped: ReadonlySet<number>) {
  const random = randomStream(3, 'clouds')
  const width = 8
  const truth = Array.from({ length: count }, (_, at) => Math.floor(at / 3) % 2)
  const features = Float32Array.from({ length: count * width }, (_, at) => {
    const shift = at % width < 3 ? 2 * (2 * truth[Math.floor(at / width)]! - 1) : 0
    return shift + normal(random)
  })
  const labels = truth.map((label, at) => (flipped.has(at) ? 1 - label : label))
  const patients = truth.map((_, at) => Math.floor(at / 3))
  return { width, features, labels, patients, classes: 2, folds: 5, seed: 1 }
}

test('of labels that were turned on purpose nine in ten are found, and hardly any other', async () => {
  const flipped = new Set(Array.from({ length: 30 }, (_, at) => 7 * at + (at % 3)))
  const { suspects, agreement } = await checkLabels(clouds(300, flipped), job)
  const found = suspects.filter(({ film }) => flipped.has(film))
  expect(found.length).toBeGreaterThanOrEqual(27)
  expect(suspects.length - found.length).toBeLessThanOrEqual(3)
  expect(agreement).toBeCloseTo(0.9, 1)
})

test('folds are told one by one, and a cancel ends them', async () => {
  const order = clouds(90, new Set())
  const told: number[] = []
  await checkLabels(order, { signal, report: ({ done }) => told.push(done) })
  expect(told).toEqual([0, 1, 2, 3, 4])
  const controller = new AbortController()
  controller.abort()
  await expect(
    checkLabels(order, { signal: controller.signal, report: () => undefined }),
  ).rejects.toMatchObject({ code: 'CANCELLED' })
})
