// npm run viewer-times [-- --films N --peer DIR --only WORDS]
// Times how fast large DICOM films come on the screen and how smoothly their window is dragged. DIR is a folder in which
// `npm i @cornerstonejs/core events` was run: the same films are then timed there. WORDS choose among the measurements.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from './run/build.mjs'
import { playwright } from './run/testRunners.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const { values } = parseArgs({
  options: {
    films: { type: 'string', default: '30' },
    peer: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const sources = join(root, 'bench', 'viewer')

/** The peer's page with its library in one script, as Electron can open it. */
async function bundlePeer(packages, outDir) {
  const { build } = await import('vite')
  const from = (...path) => join(resolve(packages), 'node_modules', ...path)
  await build({
    configFile: false,
    root: resolve(packages),
    logLevel: 'error',
    resolve: {
      alias: {
        '@cornerstonejs/core': from('@cornerstonejs', 'core'),
        events: from('events', 'events.js'),
      },
    },
    build: {
      ...{ outDir, target: 'chrome108', minify: false, emptyOutDir: true },
      lib: {
        ...{ entry: join(sources, 'peer', 'page.mjs'), formats: ['iife'], name: 'page' },
        fileName: () => 'page.js',
      },
    },
  })
  for (const name of ['index.html', 'main.cjs'])
    cpSync(join(sources, 'peer', name), join(outDir, name))
}

await runEntry(async () => {
  const films = Number(values.films)
  if (!Number.isInteger(films) || films < 13)
    throw new SetupError('--films takes a whole number from 13 on')
  await setUp()
  await buildWhenStale('window')
  const page = mkdtempSync(join(tmpdir(), 'pneumoscope-peer-'))
  try {
    if (values.peer !== undefined) await bundlePeer(values.peer, page)
    const env = {
      PNEUMOSCOPE_VIEWER_FILMS: String(films),
      ...(values.peer !== undefined && { PNEUMOSCOPE_VIEWER_PEER: page }),
    }
    return await playwright(['--config', join(sources, 'playwright.config.ts'), '--grep', values.only], env) // prettier-ignore
  } finally {
    rmSync(page, { recursive: true, force: true })
  }
})
