import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { withDisplay } from '../run/display.mjs'
import { nodeModules } from '../setup/paths.mjs'
import { restore } from './mirror.mjs'

const passing = new Map()

/**
 * The titles of the tests that fail once the guard is off, none where its test does not hold it; `why` tells of what
 * went otherwise. A test that fails as things are holds nothing.
 */
export async function tryGuard(mirror, { changes, test, title }) {
  const key = `${test} ${title ?? ''}`
  if (!passing.has(key)) passing.set(key, await failures(mirror, test, title))
  const before = passing.get(key)
  if (before.ran === 0) return { failed: [], why: `no test of ${test} has such a title` }
  if (before.failed.length > 0) return { failed: [], why: `fails as it is: ${before.failed[0]}` }
  const files = [...new Set(changes.map(([file]) => file))]
  try {
    for (const [file, what, instead] of changes) change(join(mirror, file), what, instead)
    const { failed, ran } = await failures(mirror, test, title)
    // Nothing ran: what was changed cannot even be built, which shows nothing.
    return { failed, why: ran === 0 ? 'the change cannot be built' : 'its test passes without it' }
  } finally {
    for (const file of files) restore(mirror, file)
  }
}

function change(file, what, instead) {
  const text = readFileSync(file, 'utf8')
  const at = text.indexOf(what)
  if (at < 0 || text.indexOf(what, at + 1) >= 0) {
    throw new Error(`${file} must have this once, and has not: ${what}`)
  }
  rmSync(file)
  writeFileSync(file, text.slice(0, at) + instead + text.slice(at + what.length))
}

const failures = (mirror, test, title) =>
  test.startsWith('tests/e2e/') ? ofPlaywright(mirror, test, title) : ofVitest(mirror, test, title)

async function ofVitest(mirror, test, title) {
  const report = join(mirror, 'report.json')
  rmSync(report, { force: true })
  const words = ['run', test, '--reporter=json', `--outputFile=${report}`]
  if (title !== undefined) words.push('-t', plain(title))
  await node(mirror, [join(nodeModules, 'vitest/vitest.mjs'), ...words])
  const results = read(report)?.testResults ?? []
  const tests = results.flatMap(({ assertionResults }) => assertionResults)
  return {
    ran: tests.filter(({ status }) => status === 'passed' || status === 'failed').length,
    failed: tests.filter(({ status }) => status === 'failed').map((one) => one.title),
  }
}

/** Main alone is built anew: no guard lies in the page. */
async function ofPlaywright(mirror, test, title) {
  const build = [join(nodeModules, 'electron-vite/bin/electron-vite.js'), 'build']
  const config = ['--config', 'main.vite.config.ts', '--logLevel', 'error']
  if ((await node(mirror, [...build, ...config])) !== 0) return { ran: 0, failed: [] }
  const report = join(mirror, 'report.json')
  rmSync(report, { force: true })
  const words = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=json', test]
  if (title !== undefined) words.push('--grep', plain(title))
  await withDisplay((display) =>
    node(mirror, [join(nodeModules, '@playwright/test/cli.js'), ...words], {
      ...display,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    }),
  )
  const specs = specsIn(read(report)?.suites ?? [])
  return { ran: specs.length, failed: specs.filter(({ ok }) => !ok).map((spec) => spec.title) }
}

const specsIn = (suites) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsIn(inner)])

const plain = (title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const node = (cwd, words, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, words, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'ignore',
    })
    child.on('exit', (status) => resolve(status ?? 1))
  })
