/** The pages in docs/: all listed, every link leads somewhere, every picture is there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { inlinesOf, picturesOf, readPages } from './readPages.ts'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const pages = readPages(docs)

test('the index lists every page, and the help has them all', () => {
  const written = readdirSync(docs).filter((name) => name.endsWith('.md'))
  expect(pages.map(({ id }) => `${id}.md`).sort()).toEqual(written.sort())
  for (const { id, group } of pages) expect(group === '', id).toBe(id === 'index')
})

test('every link between pages leads to a page and a heading', () => {
  const anchors = new Map(
    pages.map(({ id, blocks }) => [
      id,
      blocks.flatMap((block) => (block.kind === 'heading' ? [block.anchor] : [])),
    ]),
  )
  const lost = pages.flatMap(({ id, blocks }) =>
    inlinesOf(blocks).flatMap((part) => {
      if (part.kind !== 'link') return []
      const found = anchors.get(part.page)
      const isThere = found && (part.anchor === undefined || found.includes(part.anchor))
      return isThere ? [] : [`${id}: ${part.page}#${part.anchor ?? ''}`]
    }),
  )
  expect(lost).toEqual([])
})

test('every file that a page links to or names as a test is there', () => {
  const root = dirname(docs)
  const lost = readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const text = readFileSync(join(docs, name), 'utf8')
      const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => join(docs, to!)) // prettier-ignore
      const named = [...text.matchAll(/`((?:src|tests|scripts|help|bench|bundled-model)\/[\w/.-]+\.\w+)`/g)].map(([, to]) => join(root, to!)) // prettier-ignore
      return [...linked, ...named].filter((path) => !existsSync(path)).map((path) => `${name}: ${path.slice(root.length + 1)}`) // prettier-ignore
    })
  expect(lost).toEqual([])
})

test('pictures are screenshots that the tests of the window took', () => {
  const taken = readdirSync(join(docs, 'screenshots'))
  for (const file of picturesOf(pages)) expect(taken, file).toContain(file)
})
