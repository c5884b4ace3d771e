// npm run data-scale [-- --set real|generated --films N --data DIR --steps import,quality,browse,window,check --work DIR --out FILE]
// Time and memory of a data set at its size; writes its table into docs/datasets.md. Memory is read from Linux's /proc.
// With --work the films and their library stay in that folder, so that steps can be run one by one.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from './run/build.mjs'
import { browse } from './scale/browse.mjs'
import { followed } from './scale/followed.mjs'
import { writeSmallFilms } from './scale/smallFilms.mjs'
import { checkFigures, windowFigures } from './scale/window.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const order = ['import', 'quality', 'browse', 'window', 'check']
const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'generated' },
    films: { type: 'string', default: '50000' },
    data: { type: 'string', default: join(root, '..', 'shared', 'chest-xray', 'train') },
    steps: { type: 'string', default: order.join(',') },
    work: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs', 'datasets.md') },
  },
})

/** What is asked of a library that is there. */
const looks = { browse, window: windowFigures, check: checkFigures }

await runEntry(async () => {
  const count = Number(values.films)
  if (!['real', 'generated'].includes(values.set)) throw new SetupError('--set is real or generated') // prettier-ignore
  if (!Number.isInteger(count) || count < 2) throw new SetupError('--films takes a whole number')
  if (values.set === 'real' && !existsSync(values.data)) throw new SetupError(`${values.data} is not there: name a folder of films with --data`) // prettier-ignore
  const steps = values.steps.split(',')
  if (!steps.every((step) => order.includes(step))) throw new SetupError(`--steps takes ${order.join(', ')}`) // prettier-ignore
  const isWindow = steps.some((step) => ['window', 'check'].includes(step))
  await setUp({ window: isWindow })
  await buildWhenStale('cli')
  if (isWindow) await buildWhenStale('window')
  const work = values.work ?? mkdtempSync(join(tmpdir(), 'pneumoscope-scale-'))
  mkdirSync(work, { recursive: true })
  try {
    const data = values.set === 'real' ? values.data : films(join(work, 'films'), count)
    const library = join(work, 'library')
    const rows = []
    for (const step of steps) {
      process.stderr.write(`${step} … (load ${loadavg()[0].toFixed(1)})\n`)
      const found = await (looks[step]?.(library) ?? cli(step, data, library))
      for (const [what, figure] of found) rows.push([step, what, figure])
      write(rows, steps)
    }
  } finally {
    if (values.work === undefined) rmSync(work, { recursive: true, force: true })
  }
  return 0
})

/** Those of an earlier call are taken as they are. */
function films(folder, count) {
  return existsSync(folder) ? folder : writeSmallFilms(folder, count)
}

/** Import and quality as the command line runs them, in one process. */
function cli(step, data, library) {
  const own = step === 'import' ? [data, '--name', 'Scale'] : ['--data', 'Scale']
  const program = [join(root, 'out', 'main', 'cli.js'), step, ...own, '--library', library, '--json'] // prettier-ignore
  return followed(program)
}

/** Puts the figures into the table below the set's heading, in the place of those of the same steps. */
function write(found, steps) {
  const heading = `### ${values.set === 'real' ? 'Real' : 'Generated'} films\n`
  const [before, rest] = readFileSync(values.out, 'utf8').split(heading)
  if (rest === undefined) throw new SetupError(`${values.out} has no «${heading.trim()}»`)
  const table = /(?:^\|.*\n)+/m.exec(rest)
  const kept = (table?.[0].split('\n') ?? [])
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([step]) => order.includes(step) && !steps.includes(step))
  const rows = [...kept, ...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const machine = `${cpus()[0]?.model ?? 'a processor'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const lines = ['| step | what | figure |', '| --- | --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)] // prettier-ignore
  const after = table ? rest.slice(table.index + table[0].length) : rest
  writeFileSync(values.out, `${before}${heading}\n${machine}:\n\n${lines.join('\n')}\n${after}`)
}
