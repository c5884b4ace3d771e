/** What a library answers to the browser of films, asked as the window asks. */
import { join } from 'node:path'
import { root } from '../setup/paths.mjs'

const pageSize = 200
const filters = [
  ['one class', ({ classes }) => ({ classes: classes.slice(0, 1).map(({ value }) => value) })],
  ['a part', () => ({ parts: ['unassigned'] })],
  ['a size', ({ sizes }) => ({ sizes: sizes.slice(0, 1).map(({ value }) => value) })],
  ['patients with several films', () => ({ perPatient: ['few', 'many'] })],
  ['films with an equal film', () => ({ copies: true })],
  ['a kind of findings', ({ flags }) => ({ flags: flags.slice(0, 1).map(({ value }) => value) })],
  ['a word of the names', () => ({ search: '99' })],
]

/** Pairs of words and figures: the median of five, of scrolling the 95th percentile. */
export async function browse(library) {
  const { runnerImport } = await import('vite')
  const load = async (...path) => (await runnerImport(join(root, 'src', ...path))).module
  const { openLibraryFolder } = await load('store', 'libraryFolder.ts')
  const { openStore } = await load('store', 'store.ts')
  const { decideFindings } = await load('workflows', 'quality', 'decideFindings.ts')
  const folder = openLibraryFolder(library)
  const ask = (store, id, filter) => {
    const facets = store.images.facets(id, filter)
    return { facets, page: store.images.page(id, filter, 0, pageSize) }
  }
  const open = median(() => {
    const store = openStore(folder, 'scale')
    ask(store, store.datasets.all()[0].id, {})
    store.close()
  })
  const store = openStore(folder, 'scale')
  try {
    const [{ id, images }] = store.datasets.all()
    const { facets } = ask(store, id, {})
    const filtered = filters.map(([name, make]) => [
      `filter: ${name}, with all counts`,
      `${median(() => ask(store, id, make(facets)))} ms`,
    ])
    const pages = Array.from({ length: 100 }, (_, at) =>
      timed(() => store.images.page(id, {}, Math.floor((at * images) / 100), pageSize)),
    ).sort((a, b) => a - b)
    const decided = decisions(store, id, decideFindings)
    return [
      ['open the library, the first page and all counts', `${open} ms`],
      ...filtered,
      ['scroll: a page of 200 films anywhere, p95', `${pages[94].toFixed(0)} ms`],
      ...decided,
    ]
  } finally {
    store.close()
  }
}

/** Films of the first kind of findings are excluded one by one, and that is taken back; nothing where nothing was found. */
function decisions(store, datasetId, decideFindings) {
  const kind = store.quality.counts(datasetId)[0]?.kind
  if (kind === undefined) return []
  const { findings } = store.quality.findings(datasetId, kind, 0, 6)
  const films = findings.map(({ films: [first] }) => first.image.id).values()
  const decide = () =>
    decideFindings(
      { store },
      { datasetId, kind, decisions: [{ imageId: films.next().value, decision: 'exclude' }] },
    )
  // The first one writes down the version before it as well.
  decide()
  const one = median(decide)
  const back = median(() => store.edits.undo(datasetId))
  store.edits.undo(datasetId)
  return [
    ['decide: exclude one film of a finding', `${one} ms`],
    ['decide: take that back', `${back} ms`],
  ]
}

const median = (work) =>
  Array.from({ length: 5 }, () => timed(work))
    .sort((a, b) => a - b)[2]
    .toFixed(0)

function timed(work) {
  const started = performance.now()
  work()
  return performance.now() - started
}
