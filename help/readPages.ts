import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpText, type HelpBlock, type HelpInline, type HelpPage } from '../src/shared/help.ts'
import { readPage } from './readPage.ts'

/** The pages that `index.md` of a folder lists, in its order and below its headings; the index itself comes first. */
export function readPages(folder: string): HelpPage[] {
  const page = (id: string, group: string): HelpPage => {
    const blocks = readPage(id, readFileSync(join(folder, `${id}.md`), 'utf8'))
    return { id, title: titleOf(id, blocks), group, blocks }
  }
  const index = page('index', '')
  const found = new Map<string, HelpPage>([['index', index]])
  let group = ''
  for (const block of index.blocks) {
    if (block.kind === 'heading') group = helpText(block.content)
    for (const id of pagesIn([block])) if (!found.has(id)) found.set(id, page(id, group))
  }
  return [...found.values()]
}

function titleOf(id: string, blocks: readonly HelpBlock[]): string {
  const [first] = blocks
  if (first?.kind !== 'heading') throw new Error(`${id}.md does not begin with its title`)
  return helpText(first.content)
}

const pagesIn = (blocks: readonly HelpBlock[]): string[] =>
  inlinesOf(blocks).flatMap((part) => (part.kind === 'link' ? [part.page] : []))

/** All inline parts of blocks, those within others too. */
export const inlinesOf = (blocks: readonly HelpBlock[]): HelpInline[] =>
  blocks.flatMap((block): HelpInline[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return block.content.flatMap(withinOf)
      case 'quote':
        return inlinesOf(block.blocks)
      case 'list':
        return block.items.flatMap(inlinesOf)
      case 'table':
        return [block.head, ...block.rows].flat(2).flatMap(withinOf)
      default:
        return []
    }
  })

const withinOf = (part: HelpInline): HelpInline[] =>
  'content' in part ? [part, ...part.content.flatMap(withinOf)] : [part]

/** The names of the pictures that pages show. */
export const picturesOf = (pages: readonly HelpPage[]): string[] => [
  ...new Set(
    pages.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'picture' ? [block.file] : [])),
    ),
  ),
]
