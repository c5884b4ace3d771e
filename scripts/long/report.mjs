import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { root } from '../setup/paths.mjs'
import { longRuns, soak } from './pieces.mjs'

const whole = [...longRuns, soak]

const damaged =
  /^(?:(\S+): )?(\d+) damaged files from seed \d+: (\d+) finds, slowest (\d+) ms of processor time, (-?\d+) (.+)$/

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
  const commits = [...new Set(results.map(({ commit }) => commit ?? 'an older one'))]
  const rows = runs.map((run) => {
    const own = results.filter((each) => each.run === run)
    const amount = own.reduce((sum, each) => sum + each.amount, 0)
    const failed = own.filter(({ passed }) => !passed).length
    const minutes = own.reduce((sum, { seconds }) => sum + seconds, 0) / 60
    const goal = whole.find((each) => each.run === run)?.goal ?? amount
    return `| ${run} | ${amount.toLocaleString('en')} of ${goal.toLocaleString('en')} ${own[0].unit} | ${failed === 0 ? 'held' : `${failed} of ${own.length} pieces failed`} | ${minutes.toFixed(1)} | \`${own[0].file}\` |`
  })
  const missing = whole.map(({ run }) => run).filter((run) => !runs.includes(run))
  const figures = summedUp(results.flatMap(({ figures }) => figures))
  const failures = results.filter(({ passed }) => !passed)
  return `# Reliability report

Written by \`npm run test:long\`, which breaks the program on purpose and goes on where it was stopped. What is done to it, and what
has to hold, is told in the head of each test. The usual test run does a little of each.

- From ${days[0] ?? '–'} to ${days.at(-1) ?? '–'}
- ${machine}
- Commits: ${commits.join(', ')}

| What was done | How much of a whole run | Outcome | Minutes | Test |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

Minutes are those of a machine that did other work as well. What is less than the whole above has not been run yet${missing.length > 0 ? `, nor has: ${missing.join('; ')}` : ''}.

## Figures that the tests wrote down

\`\`\`
${figures.join('\n') || 'none yet'}
\`\`\`
${failures.map(({ run, seed, said }) => `\n## Failed: ${run}, from ${seed}\n\n\`\`\`\n${said}\n\`\`\`\n`).join('')}`
}

/** Lines as they were told, once each; those of damaged files become one for each kind, with its sum, slowest and most. */
export function summedUp(lines) {
  const kinds = new Map()
  const others = new Set()
  for (const line of lines.map((each) => stripVTControlCharacters(each).trim())) {
    const found = damaged.exec(line)
    if (!found) {
      others.add(line)
      continue
    }
    const [, kind = 'dicom', ...rest] = found
    const [files, finds, ms, more] = rest.slice(0, 4).map(Number)
    const known = kinds.get(kind) ?? { files: 0, finds: 0, ms: 0, more: -Infinity }
    kinds.set(kind, {
      files: known.files + files,
      finds: known.finds + finds,
      ms: Math.max(known.ms, ms),
      more: Math.max(known.more, more),
      unit: rest[4],
    })
  }
  const sums = [...kinds].map(([kind, { files, finds, ms, more, unit }]) => `${kind}: ${files} damaged files, ${finds} finds, slowest ${ms} ms of processor time, at most ${more} ${unit}`) // prettier-ignore
  return [...sums, ...others]
}
