import { expect, test } from 'vitest'
import { describeExit } from './engineExit.ts'

test('an end by a signal is told from an end by itself', () => {
  expect(describeExit(9)).toBe('signal SIGKILL, as when memory runs out')
  expect(describeExit(134)).toBe('signal SIGABRT')
  expect(describeExit(6)).toBe('signal SIGABRT')
  expect(describeExit(3)).toBe('exit code 3')
})
