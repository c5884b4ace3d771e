import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { withDisplay } from '../run/display.mjs'
import { outputOf } from '../setup/commands.mjs'
import { nodeModules, root } from '../setup/paths.mjs'

const vitest = [join(nodeModules, 'vitest', 'vitest.mjs'), 'run']
const playwright = [join(nodeModules, '@playwright/test', 'cli.js'), 'test', '--config', 'tests/e2e/playwright.config.ts'] // prettier-ignore

/** What tests write down of themselves. */
const figure = /damaged files from seed|operations, \d+ failures|versions seen after a kill|^soak: /

/** Runs one piece; answers it with whether it passed, its seconds, when it ended, of which commit, and the figures that it told. */
export async function runPiece(piece) {
  const { file, variable, value, amount, seed } = piece
  const env = {
    [variable]: value ?? String(amount),
    PNEUMOSCOPE_FUZZ_SEED: String(seed),
    PNEUMOSCOPE_SEED: String(seed),
  }
  const begun = performance.now()
  const run = (more) => runTests(file, { ...env, ...more })
  const { status, said } = await (file.includes('/e2e/') ? withDisplay(run) : run({}))
  return {
    ...piece,
    passed: status === 0,
    seconds: Math.round((performance.now() - begun) / 1000),
    endedAt: new Date().toISOString(),
    commit: outputOf('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).trim(),
    figures: said.split('\n').filter((line) => figure.test(line)),
    ...(status !== 0 && { said: said.slice(-4000) }),
  }
}

function runTests(file, env) {
  const tool = file.includes('/e2e/') ? playwright : vitest
  const child = spawn(process.execPath, [...tool, file], {
    cwd: root,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
      process.stderr.write(chunk)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status) => resolve({ status, said: stripVTControlCharacters(said) }))
  })
}
