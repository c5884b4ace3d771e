import { expect, test } from 'vitest'
import { LearningRateSchedule } from '../../../../shared/domain/training.ts'
import { scheduleFields, scheduleOfKind, scheduleWords, withField } from './schedules.ts'

test('every kind has a start that main accepts, and a field for each of its numbers', () => {
  const fields = Object.keys(scheduleWords).map((kind) => {
    const schedule = LearningRateSchedule.parse(scheduleOfKind(kind))
    return [kind, ...scheduleFields(schedule).map(({ key }) => key)]
  })
  expect(fields).toEqual([
    ['constant'],
    ['step', 'everyEpochs', 'factor'],
    ['cosine', 'warmup'],
    ['plateau', 'patience', 'factor'],
  ])
})

test('a number that cannot be taken leaves the schedule as it was', () => {
  const cosine = { kind: 'cosine', warmup: 0.1 } as const
  expect(withField(cosine, 'warmup', 0.2)).toEqual({ kind: 'cosine', warmup: 0.2 })
  expect(withField(cosine, 'warmup', NaN)).toEqual(cosine)
})
