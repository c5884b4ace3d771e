import { expect, test } from 'vitest'
import { orderOf, readGoal } from './decisions.ts'

test('goals are read as they are written', () => {
  expect(readGoal('sensitivity>=0.95')).toEqual({ goal: { kind: 'sensitivity', atLeast: 0.95 } })
  expect(readGoal('specificity≥.9')).toEqual({ goal: { kind: 'specificity', atLeast: 0.9 } })
  expect(readGoal('youden')).toEqual({ goal: { kind: 'youden' } })
  expect(readGoal('cost=10:2')).toEqual({ goal: { kind: 'cost', missed: 10, falseAlarm: 2 } })
  expect(readGoal('cost=5')).toEqual({ goal: { kind: 'cost', missed: 5, falseAlarm: 1 } })
  expect(readGoal('manual=0.4')).toEqual({ goal: { kind: 'manual' }, threshold: 0.4 })
  expect(readGoal('none')).toEqual({ goal: null })
})

test.each(['sensitivity', 'sensitivity>=95', 'sensitivity>=0.9:1', 'cost=0', 'best', 'youden=1'])(
  '«%s» is no goal',
  (text) => expect(readGoal(text)).toBeUndefined(),
)

test('only what is asked for is ordered, and «none» takes back', () => {
  const alarms = { 'false-alarms': 0.1 }
  expect(orderOf(alarms)).toBeUndefined()
  expect(orderOf({ ...alarms, calibration: 'none' })).toEqual({ calibration: null })
  expect(orderOf({ ...alarms, calibration: 'platt', risk: 0.02 })).toEqual({
    calibration: 'platt',
    zones: { missAtMost: 0.02, falseAlarmAtMost: 0.1 },
  })
})
