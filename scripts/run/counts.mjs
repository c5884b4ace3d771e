/**
 * Counts of tests: `{ passed, failed, skipped }`. A runner that fails without naming a failed test (a file that
 * does not load, a crash) counts as one failure, so that no run with something wrong adds up to none.
 */
const nothing = { passed: 0, failed: 0, skipped: 0 }

export const countOfCheck = (status) =>
  status === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 }

/** From the report of vitest's JSON reporter, undefined when there is none. */
export function countOfVitest(report, status) {
  if (report === undefined) return withHiddenFailure(nothing, 1)
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const count = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.testResults
      .flatMap((file) => file.assertionResults)
      .filter((test) => test.status === 'skipped' || test.status === 'todo').length,
  }
  return withHiddenFailure(count, status)
}

/** The test files whose process ended before all their tests had, by the report of vitest's JSON reporter. */
export const brokenOffFiles = (report) =>
  report.testResults
    .filter((file) => file.assertionResults.some((test) => test.status === 'pending'))
    .map((file) => file.name)

/** From the report of Playwright's JSON reporter. A flaky test passed in the end. */
export function countOfPlaywright(report, status) {
  if (report === undefined) return withHiddenFailure(nothing, 1)
  const { expected, flaky, unexpected, skipped } = report.stats
  return withHiddenFailure({ passed: expected + flaky, failed: unexpected, skipped }, status)
}

const withHiddenFailure = (count, status) =>
  status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count

export const sumOf = (counts) =>
  counts.reduce(
    (sum, count) => ({
      passed: sum.passed + count.passed,
      failed: sum.failed + count.failed,
      skipped: sum.skipped + count.skipped,
    }),
    nothing,
  )

export const describeCount = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
