import { expect, test } from 'vitest'
import type { Reading, Verdict } from '../shared/domain/review.ts'
import type { StoredModel } from '../store/model.ts'
import { agreementOf, type ReadFilm } from './agreement.ts'
import { agreementCsv } from './exportAgreement.ts'

const model = {
  id: 'm',
  manifest: { name: 'Lite', classes: ['NORMAL', 'PNEUMONIA'], threshold: 0.5, card: {} },
} as unknown as StoredModel

const given = (verdict: Verdict, seconds: number, scoreSeen: boolean): Reading => ({
  ...{ verdict, seconds, scoreSeen, decidedAt: `2024-01-01T00:00:${10 + seconds}.000Z` },
})

function film(id: string, score: number | undefined, ...readings: Reading[]): ReadFilm {
  const verdict = readings.at(-1)?.verdict
  return {
    item: {
      image: {
        ...{ id, fileName: `${id}.dcm`, patient: 'p', rows: 1, columns: 1, bytes: 1 },
        synthetic: false,
      },
      turned: false,
      ...(verdict ? { verdict } : {}),
    },
    readings,
    score,
    flagged: score === undefined ? undefined : score >= 0.5,
  }
}

const films = [
  film('a', 0.9, given('normal', 10, false), given('pneumonia', 20, true)),
  film('b', 0.2, given('normal', 4, false)),
  film('c', 0.7, given('normal', 6, true)),
  film('d', 0.1, given('pneumonia', 30, false), given('unsure', 40, true)),
  film('e', undefined, given('normal', 2, false)),
  film('f', 0.4),
  film('g', 0.4, given('bad-quality', 8, true)),
]

test('the standing verdicts and the blind ones are each set against the model', () => {
  const { standing, blind, leftOut } = agreementOf(films, model)
  expect(standing.table).toEqual({ bothPneumonia: 1, readerAlone: 0, modelAlone: 1, bothNormal: 1 })
  expect(standing.films).toBe(3)
  expect(standing.agreement?.value).toBeCloseTo(2 / 3, 12)
  // Blind: a normal against 0.9, b normal against 0.2, d pneumonia against 0.1.
  expect(blind.table).toEqual({ bothPneumonia: 0, readerAlone: 1, modelAlone: 1, bothNormal: 1 })
  expect(leftOut).toEqual({ unread: 1, unsure: 1, badQuality: 1, unscored: 1 })
})

test('a mind that changed after the score is listed with both times and its direction', () => {
  expect(agreementOf(films, model).changed).toMatchObject([
    { fileName: 'a.dcm', before: 'normal', after: 'pneumonia', score: 0.9, towardsModel: true },
    { fileName: 'd.dcm', before: 'pneumonia', after: 'unsure', score: 0.1, towardsModel: false },
  ])
})

test('the time of a film is that of its first verdict', () => {
  // 10, 4, 6, 30, 2, 8 seconds.
  expect(agreementOf(films, model).time).toEqual({
    ...{ films: 6, medianSeconds: 7, meanSeconds: 10 },
  })
  expect(agreementOf([], model).time).toBeUndefined()
})

test('the table has a row for each film, with both verdicts and both times', () => {
  const outside = [
    { code: 'FAR', detail: '2.3' },
    { code: 'AGE', detail: '60' },
  ] as const
  const prediction = { imageId: 'a', modelId: 'm', probabilities: [0.1, 0.9], createdAt: '2024' }
  const doubted = films.map((film, at) =>
    at === 0
      ? { ...film, item: { ...film.item, prediction: { ...prediction, outside: [...outside] } } }
      : film,
  )
  const rows = agreementCsv(doubted, model).split('\r\n')
  expect(rows.length).toBe(films.length + 2)
  expect(rows[1]).toBe(
    'a.dcm,p,normal,2024-01-01T00:00:20.000Z,pneumonia,2024-01-01T00:00:30.000Z,10.0,yes,0.9,pneumonia,Lite,m,FAR AGE',
  )
  expect(rows[5]).toBe(
    'e.dcm,p,normal,2024-01-01T00:00:12.000Z,normal,2024-01-01T00:00:12.000Z,2.0,no,,,Lite,m,',
  )
})
