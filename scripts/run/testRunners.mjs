import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './children.mjs'
import { brokenOffFiles, countOfPlaywright, countOfVitest, sumOf } from './counts.mjs'
import { withDisplay } from './display.mjs'

const playwrightConfig = ['--config', 'tests/e2e/playwright.config.ts']

/**
 * Runs the unit and integration tests and counts them. A file whose process ended under it (killed for memory, say)
 * has told nothing: it is named and gets one more process. A second end is a failure.
 */
export async function runVitest() {
  const { report, status } = await vitest([])
  const count = countOfVitest(report, status)
  const files = report === undefined ? [] : brokenOffFiles(report)
  if (files.length === 0 || count.failed > 1) return count
  console.error(
    `\nThe process of these ended before their tests had; once more:\n${files.join('\n')}`,
  )
  const again = await vitest(files)
  return sumOf([{ ...count, failed: 0 }, countOfVitest(again.report, again.status)])
}

const vitest = (files) =>
  withReportFile(async (file) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const env = { TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2' }
    const status = await runTool('vitest', ['run', ...files, ...reporters], { env })
    return { report: readReport(file), status }
  })

/** Runs the end-to-end tests on what is built and counts them. */
export const runPlaywright = () =>
  withReportFile(async (file) => {
    const status = await playwright(['--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
    return countOfPlaywright(readReport(file), status)
  })

/** Runs Playwright where windows can open; returns its exit status. */
export const playwright = (args, env) =>
  withDisplay((display) =>
    runTool('@playwright/test/playwright', ['test', ...playwrightConfig, ...args], {
      env: { ...env, ...display },
    }),
  )

async function withReportFile(act) {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-tests-'))
  try {
    return await act(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
