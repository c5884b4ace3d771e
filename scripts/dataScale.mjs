// npm run data-scale [-- --set real|generated --films N --data DIR --steps import,quality,browse,window --out FILE]
// Time and memory of a data set at its size; writes its table into docs/datasets.md. Memory is read from Linux's /proc.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from './run/build.mjs'
import { browse } from './scale/browse.mjs'
import { followed } from './scale/followed.mjs'
import { writeSmallFilms } from './scale/smallFilms.mjs'
import { windowFigures } from './scale/window.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'generated' },
    films: { type: 'string', default: '50000' },
    data: { type: 'string', default: join(root, '..', 'shared', 'chest-xray', 'train') },
    steps: { type: 'string', default: 'import,quality,browse,window' },
    out: { type: 'string', default: join(root, 'docs', 'datasets.md') },
  },
})

/** What is asked of a library that is there. */
const looks = { browse, window: windowFigures }

await runEntry(async () => {
  const count = Number(values.films)
  if (!['real', 'generated'].includes(values.set)) throw new SetupError('--set is real or generated') // prettier-ignore
  if (!Number.isInteger(count) || count < 2) throw new SetupError('--films takes a whole number')
  if (values.set === 'real' && !existsSync(values.data)) throw new SetupError(`${values.data} is not there: name a folder of films with --data`) // prettier-ignore
  const isWindow = values.steps.split(',').includes('window')
  await setUp({ window: isWindow })
  await buildWhenStale('cli')
  if (isWindow) await buildWhenStale('window')
  const work = mkdtempSync(join(tmpdir(), 'pneumoscope-scale-'))
  try {
    const data = values.set === 'real' ? values.data : writeSmallFilms(join(work, 'films'), count)
    const library = join(work, 'library')
    const rows = []
    for (const step of values.steps.split(',')) {
      process.stderr.write(`${step} …\n`)
      const found = await (looks[step]?.(library) ?? cli(step, data, library))
      for (const [what, figure] of found) rows.push([step, what, figure])
      write(rows)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return 0
})

/** Import and quality as the command line runs them, in one process. */
function cli(step, data, library) {
  const own = step === 'import' ? [data, '--name', 'Scale'] : ['--data', 'Scale']
  const program = [join(root, 'out', 'main', 'cli.js'), step, ...own, '--library', library, '--json'] // prettier-ignore
  return followed(program)
}

/** Puts the figures below the set's heading, in the place of what stands there up to the next heading or the end. */
function write(rows) {
  const heading = `### ${values.set === 'real' ? 'Real' : 'Generated'} films\n`
  const [before, rest] = readFileSync(values.out, 'utf8').split(heading)
  if (rest === undefined) throw new SetupError(`${values.out} has no «${heading.trim()}»`)
  const next = rest.search(/^#/m)
  const machine = `${cpus()[0]?.model ?? 'a processor'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const lines = ['| step | what | figure |', '| --- | --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)] // prettier-ignore
  const after = next < 0 ? '' : `\n${rest.slice(next)}`
  writeFileSync(values.out, `${before}${heading}\n${machine}:\n\n${lines.join('\n')}\n${after}`)
}
