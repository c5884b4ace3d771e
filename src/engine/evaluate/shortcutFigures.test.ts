import { expect, test } from 'vitest'
import { randomStream, uniform } from '../data/random.ts'
import { shortcutFigures } from './shortcutFigures.ts'

const rows = (...scores: number[]) => scores.map((score) => [1 - score, score])

test('films that are called otherwise are counted, and whether the change made them wrong or right', () => {
  const before = rows(0.9, 0.8, 0.2, 0.6)
  const order = {
    before,
    labels: [1, 1, 0, 0],
    patients: ['a', 'b', 'c', 'd'],
    threshold: 0.5,
  } as const
  // The second becomes wrong, the last right.
  const after = rows(0.9, 0.4, 0.2, 0.1)
  const mirrored = shortcutFigures({ ...order, change: 'mirrored', after })
  expect(mirrored).toMatchObject({ change: 'mirrored', films: 4, flips: 2 })
  expect(mirrored).toMatchObject({ becameWrong: 1, becameRight: 1 })
  // (0 + 0.4 + 0 + 0.5) / 4.
  expect(mirrored.meanShift).toBeCloseTo(0.225, 12)
  // Wilson's interval of 2 of 4.
  expect(mirrored.flipsCi95[0]).toBeCloseTo(0.15, 2)
  expect(mirrored.flipsCi95[1]).toBeCloseTo(0.85, 2)
  // As they are and changed, both kinds are parted wholly: 0.9 and 0.8 over 0.6; 0.9 and 0.4 over 0.2.
  expect(mirrored.auc).toMatchObject({ firstAuc: 1, secondAuc: 1, difference: 0 })
  const blank = shortcutFigures({ ...order, change: 'blank-borders', after: before })
  expect(blank).toMatchObject({ flips: 0, meanShift: 0, becameWrong: 0, becameRight: 0 })
  expect(blank.auc).toMatchObject({ difference: 0, p: 1 })
})

test('a change that turns the order of films over loses all of the area', () => {
  const found = shortcutFigures({
    ...{
      change: 're-encoded',
      labels: [1, 1, 0, 0],
      patients: ['a', 'b', 'c', 'd'],
      threshold: 0.5,
    },
    before: rows(0.9, 0.8, 0.2, 0.1),
    after: rows(0.1, 0.2, 0.8, 0.9),
  })
  expect(found.auc).toMatchObject({ firstAuc: 0, secondAuc: 1, difference: -1 })
  expect(found).toMatchObject({ flips: 4, becameWrong: 4, becameRight: 0 })
  // In every draw that has films of both kinds.
  expect(found.aucPatientsCi95).toEqual([-1, -1])
})

test('of more classes the likeliest counts, a film may be wrong before and after, and there is no area', () => {
  const found = shortcutFigures({
    ...{ change: 'hidden-marks', labels: [2, 1], patients: ['a', 'b'], threshold: 0.5 },
    before: [
      [0.6, 0.3, 0.1],
      [0.2, 0.5, 0.3],
    ],
    after: [
      [0.3, 0.6, 0.1],
      [0.2, 0.5, 0.3],
    ],
  })
  expect(found).toMatchObject({ flips: 1, becameWrong: 0, becameRight: 0 })
  expect(found.auc).toBeUndefined()
  // Half of 0.3 + 0.3, over two films.
  expect(found.meanShift).toBeCloseTo(0.15, 12)
})

test('changed scores of other films are refused', () => {
  const order = {
    change: 'mirrored',
    before: rows(0.5),
    labels: [1],
    patients: ['a'],
    threshold: 0.5,
  } as const
  expect(() => shortcutFigures({ ...order, after: [] })).toThrow('the same films')
})

test('a second copy of every film of every patient makes the interval over patients no narrower', () => {
  const random = randomStream(3, 'films')
  const films = Array.from({ length: 40 }, (_, at) => ({
    label: at % 2,
    before: 0.3 * (at % 2) + uniform(random, 0, 1),
    after: 0.1 * (at % 2) + uniform(random, 0, 1),
    patient: String(at),
  }))
  const intervalOf = (shown: typeof films) =>
    shortcutFigures({
      ...{ change: 'mirrored', threshold: 0.5 },
      before: rows(...shown.map(({ before }) => before)),
      after: rows(...shown.map(({ after }) => after)),
      labels: shown.map(({ label }) => label),
      patients: shown.map(({ patient }) => patient),
    }).aucPatientsCi95!
  const once = intervalOf(films)
  const twice = intervalOf([...films, ...films])
  expect(twice[0]).toBeCloseTo(once[0], 12)
  expect(twice[1]).toBeCloseTo(once[1], 12)
  // Copies that pass for further patients do make it narrower, by about the square root of two.
  const strangers = films.map((film) => ({ ...film, patient: `copy of ${film.patient}` }))
  const [low, high] = intervalOf([...films, ...strangers])
  expect(high - low).toBeLessThan(0.85 * (once[1] - once[0]))
})
