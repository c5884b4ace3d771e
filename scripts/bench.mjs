// npm run bench [-- --quick --films N --rounds N --data DIR --out FILE
//                  --growth-films N,… --growth-sizes N,… --growth-batches N,…]
// A growth list may be empty (--growth-films ''). A run that was broken off takes the points it measured from its store.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runEntry, SetupError } from './setup/messages.mjs'
import { cacheFolder, root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const { values } = parseArgs({
  options: {
    // Small numbers, to see that everything runs.
    quick: { type: 'boolean', default: false },
    films: { type: 'string' },
    rounds: { type: 'string' },
    'growth-films': { type: 'string' },
    'growth-sizes': { type: 'string' },
    'growth-batches': { type: 'string' },
    data: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs', 'benchmarks.md') },
    // How the measured processes start themselves; not for people.
    serve: { type: 'string' },
    point: { type: 'string' },
  },
})
const usual = values.quick
  ? { films: '64', rounds: '1', growth: ['64,128', '128,224', '16,32'] }
  : { films: '1024', rounds: '5', growth: ['1000,5000,20000', '128,224,320,512', '8,16,32,64'] }
const films = Number(values.films ?? usual.films)
const rounds = Number(values.rounds ?? usual.rounds)
const list = (text) => (text === '' ? [] : text.split(',').map(Number))
const [growthFilms, growthSizes, growthBatches] = ['films', 'sizes', 'batches'].map((name, at) =>
  list(values[`growth-${name}`] ?? usual.growth[at]),
)

/** Vite runs our TypeScript; it is there once set-up is through. */
async function load(...path) {
  const { runnerImport } = await import('vite')
  return (await runnerImport(join(root, ...path))).module
}

const measured = join(root, 'out', 'bench')

/** Bundles what is measured, as the program is: a translator's time and memory are none of ours. */
async function bundle() {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node16.17',
      outDir: measured,
      rolldownOptions: {
        input: {
          pneumoscope: join(root, 'bench', 'pneumoscope.ts'),
          growthPoint: join(root, 'bench', 'growthPoint.ts'),
        },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  })
}
const bundled = (name) => import(join(measured, `${name}.mjs`))

/** Real films where they lie beside the repository, else generated ones. */
async function filmFolder(count) {
  if (values.data) return values.data
  const real = join(root, '..', 'shared', 'chest-xray', 'train')
  if (existsSync(real)) return real
  const { generateFilms } = await load('src', 'engine', 'samples', 'generateFilms.ts')
  const folder = join(mkdtempSync(join(tmpdir(), 'pneumoscope-bench-')), 'films')
  const job = { signal: new AbortController().signal, report: () => undefined }
  await generateFilms({ folder, count, seed: 1 }, job)
  return folder
}

await runEntry(async () => {
  if (values.serve) {
    const { serve } = await bundled('pneumoscope')
    return serve(values.serve)
  }
  if (values.point) {
    const { measurePoint } = await bundled('growthPoint')
    const figures = await measurePoint(values.point, values.data)
    process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`)
    process.exit()
  }
  await setUp({ window: false })
  const numbers = [films - 1, rounds, ...growthFilms, ...growthSizes, ...growthBatches]
  if (!numbers.every((number) => Number.isInteger(number) && number >= 1))
    throw new SetupError('--films, --rounds and the growth lists take whole numbers')
  await bundle()
  const data = await filmFolder(films)
  const self = [process.execPath, join(root, 'scripts', 'bench.mjs')]
  const { bench } = await load('bench', 'main.ts')
  await bench({
    films,
    rounds,
    data,
    cacheFolder,
    ourSide: [...self, '--serve'],
    kerasSide: join(root, 'bench', 'keras_side.py'),
    out: values.out,
    command: ['npm run bench --', ...process.argv.slice(2)].join(' ').replace(/ --$/, ''),
    growth: {
      ...{ films: growthFilms, sizes: growthSizes, batches: growthBatches },
      base: { films: values.quick ? 64 : 1000, size: 224, batch: 32 },
      measure: [...self, '--data', data, '--point'],
      store: join(cacheFolder, 'bench-growth.json'),
      version: sourceVersion(),
    },
  })
  process.stderr.write(`Written: ${values.out}\n`)
  return 0
})

/** Figures of other sources are of no use to this run. */
function sourceVersion() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout ?? ''
  return `${git('rev-parse', 'HEAD').trim()} ${git('status', '--porcelain').length}`
}
