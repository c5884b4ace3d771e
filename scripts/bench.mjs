// npm run bench [-- --films N --rounds N --data DIR --out FILE]
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runEntry, SetupError } from './setup/messages.mjs'
import { cacheFolder, root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const { values } = parseArgs({
  options: {
    films: { type: 'string', default: '1024' },
    rounds: { type: 'string', default: '5' },
    data: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs', 'benchmarks.md') },
    // How the measured process starts itself; not for people.
    serve: { type: 'string' },
  },
})
/** Vite runs our TypeScript; it is there once set-up is through. */
async function load(...path) {
  const { runnerImport } = await import('vite')
  return (await runnerImport(join(root, ...path))).module
}

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
    const { serve } = await load('bench', 'pneumoscope.ts')
    return serve(values.serve)
  }
  await setUp({ window: false })
  const films = Number(values.films)
  const rounds = Number(values.rounds)
  if (!(films >= 2 && rounds >= 1)) throw new SetupError('--films and --rounds take whole numbers')
  const { bench } = await load('bench', 'main.ts')
  await bench({
    films,
    rounds,
    data: await filmFolder(films),
    cacheFolder,
    ourSide: [process.execPath, join(root, 'scripts', 'bench.mjs'), '--serve'],
    kerasSide: join(root, 'bench', 'keras_side.py'),
    out: values.out,
    command: `npm run bench -- --films ${films} --rounds ${rounds}`,
  })
  process.stderr.write(`Written: ${values.out}\n`)
  return 0
})
