import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { root } from '../setup/paths.mjs'

const file = join(root, 'docs', 'reliability-report.md')

/** Writes docs/reliability-report.md from the results so far. */
export async function writeReport(results) {
  const config = await resolveConfig(file)
  writeFileSync(file, await format(reportOf(results, machine()), { ...config, parser: 'markdown' }))
}

const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}, Node ${process.versions.node}`

/** The report as Markdown: a line for each run, what it told of itself, and what failed. */
function reportOf(results, machine) {
  const runs = [...new Set(results.map(({ run }) => run))]
  const days = results.map(({ endedAt }) => endedAt.slice(0, 10)).sort()
  const rows = runs.map((run) => {
    const own = results.filter((each) => each.run === run)
    const amount = own.reduce((sum, each) => sum + each.amount, 0)
    const failed = own.filter(({ passed }) => !passed).length
    const minutes = own.reduce((sum, { seconds }) => sum + seconds, 0) / 60
    return `| ${run} | ${amount.toLocaleString('en')} ${own[0].unit} | ${failed === 0 ? 'held' : `${failed} of ${own.length} pieces failed`} | ${minutes.toFixed(1)} | \`${own[0].file}\` |`
  })
  const figures = results.flatMap(({ figures }) => figures)
  const failures = results.filter(({ passed }) => !passed)
  return `# Reliability report

Written by \`npm run test:long\`, which breaks the program on purpose and goes on where it was stopped. What is done to it, and what
has to hold, is told in the head of each test. The usual test run does a little of each.

- From ${days[0] ?? '–'} to ${days.at(-1) ?? '–'}
- ${machine}

| What was done | How much | Outcome | Minutes | Test |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

Minutes are those of a machine that did other work as well. The whole of it is 20,000 damaged files of each kind and calls, 200 kills of each
work, and eight hours of rounds; what is less above has not been run yet.

## Figures that the tests wrote down

\`\`\`
${figures.join('\n') || 'none yet'}
\`\`\`
${failures.map(({ run, seed, said }) => `\n## Failed: ${run}, from ${seed}\n\n\`\`\`\n${said}\n\`\`\`\n`).join('')}`
}
