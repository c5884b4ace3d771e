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
  ['a word of the names', () => ({ search: '99' })],
]

/** Pairs of words and figures: the median of five, of scrolling the 95th percentile. */
export async function browse(library) {
  const { runnerImport } = await import('vite')
  const load = async (name) => (await runnerImport(join(root, 'src', 'store', name))).module
  const { openLibraryFolder } = await load('libraryFolder.ts')
  const { openStore } = await load('store.ts')
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
    return [
      ['open the library, the first page and all counts', `${open} ms`],
      ...filtered,
      ['scroll: a page of 200 films anywhere, p95', `${pages[94].toFixed(0)} ms`],
    ]
  } finally {
    store.close()
  }
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
