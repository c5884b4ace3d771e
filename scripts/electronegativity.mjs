// npm run electronegativity: what Doyensec's linter for Electron (downloaded by npx) finds in the sources is compared with
// what was said to each finding. A finding without an answer fails, and so does an answer without its finding.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers } from './electronegativity/answers.mjs'
import { unanswered, withoutFinding } from './electronegativity/compare.mjs'
import { run } from './setup/commands.mjs'
import { runEntry } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'

const linter = '@doyensec/electronegativity@1.10.3'

await runEntry(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-electronegativity-'))
  try {
    const file = join(folder, 'found.csv')
    const words = ['--input', join(root, 'src'), '--relative', '--electron-version', '22.3.25']
    run('npx', ['--yes', linter, ...words, '--output', file])
    const table = readFileSync(file, 'utf8')
    const wrong = [
      ...unanswered(table, answers).map((found) => `without an answer: ${found}`),
      ...withoutFinding(table, answers).map((answer) => `is found no more: ${answer}`),
    ]
    for (const line of wrong) console.error(line)
    if (wrong.length === 0) console.log(`${answers.length} findings, each with its answer`)
    return wrong.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
