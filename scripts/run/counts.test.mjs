import { expect, test } from 'vitest'
import {
  brokenOffFiles,
  countOfCheck,
  countOfPlaywright,
  countOfVitest,
  describeCount,
  sumOf,
} from './counts.mjs'

const file = (status, ...tests) => ({
  status,
  assertionResults: tests.map((testStatus) => ({ status: testStatus })),
})
const vitestReport = {
  numPassedTests: 2,
  numFailedTests: 1,
  testResults: [file('passed', 'passed', 'passed', 'todo'), file('failed', 'failed', 'skipped')],
}

test('tests of vitest are counted, with those to be written among the skipped', () => {
  expect(countOfVitest(vitestReport, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('a test file that does not load is a failure', () => {
  const report = { ...vitestReport, testResults: [...vitestReport.testResults, file('failed')] }
  expect(countOfVitest(report, 1).failed).toBe(2)
})

test('a runner that fails without a failed test, or leaves no report, is a failure', () => {
  const green = { ...vitestReport, numFailedTests: 0, testResults: [] }
  expect(countOfVitest(green, 0).failed).toBe(0)
  expect(countOfVitest(green, 1).failed).toBe(1)
  expect(countOfVitest(undefined, 0).failed).toBe(1)
  expect(countOfPlaywright(undefined, 0).failed).toBe(1)
})

test('a file whose process ended before its tests is told from one with skipped tests', () => {
  const ended = { name: 'ended.test.ts', ...file('passed', 'passed', 'skipped', 'todo') }
  const brokenOff = { name: 'brokenOff.test.ts', ...file('passed', 'passed', 'pending') }
  expect(brokenOffFiles({ testResults: [ended, brokenOff] })).toEqual(['brokenOff.test.ts'])
})

test('a flaky end-to-end test passed in the end', () => {
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 4 }
  expect(countOfPlaywright({ stats }, 1)).toEqual({ passed: 4, failed: 2, skipped: 4 })
})

test('the closing line names skipped tests only when there are some', () => {
  const checks = [countOfCheck(0), countOfCheck(0), countOfCheck(2)]
  expect(describeCount(sumOf(checks))).toBe('2 passed, 1 failed')
  expect(describeCount({ passed: 1, failed: 0, skipped: 3 })).toBe('1 passed, 0 failed, 3 skipped')
})
