import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './children.mjs'
import { countOfPlaywright, countOfVitest } from './counts.mjs'
import { withDisplay } from './display.mjs'

const playwrightConfig = ['--config', 'tests/e2e/playwright.config.ts']

/** Runs the unit and integration tests and counts them. */
export const runVitest = () =>
  withReportFile(async (file) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const env = { TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2' }
    const status = await runTool('vitest', ['run', ...reporters], { env })
    return countOfVitest(readReport(file), status)
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
