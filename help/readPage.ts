/** Markdown to data. What the Help page could not show is a mistake of the page's, told with its line. */
import type { Nodes, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { helpText, type HelpBlock, type HelpInline } from '../src/shared/help.ts'

/** The blocks of the page `id`. Throws an Error that names file and line for HTML and for pictures from elsewhere. */
export function readPage(id: string, markdown: string): readonly HelpBlock[] {
  const { children } = fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  return blocksOf(id, children)
}

/** As GitHub makes the anchor of a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')

const blocksOf = (id: string, nodes: readonly RootContent[]): HelpBlock[] =>
  nodes.map((node) => blockOf(id, node))

function blockOf(id: string, node: RootContent): HelpBlock {
  switch (node.type) {
    case 'heading': {
      const content = inlinesOf(id, node.children)
      return { kind: 'heading', level: node.depth, anchor: anchorOf(helpText(content)), content }
    }
    case 'paragraph':
      return pictureOf(id, node) ?? { kind: 'paragraph', content: inlinesOf(id, node.children) }
    case 'blockquote':
      return { kind: 'quote', blocks: blocksOf(id, node.children) }
    case 'list':
      return {
        kind: 'list',
        ordered: node.ordered === true,
        items: node.children.map((item) => blocksOf(id, item.children)),
      }
    case 'code':
      return { kind: 'code', text: node.value }
    case 'table':
      return tableOf(id, node)
    default:
      throw problem(id, node)
  }
}

function tableOf(id: string, { children }: Table): HelpBlock {
  const cells = (row: TableRow) => row.children.map((cell) => inlinesOf(id, cell.children))
  const [head, ...rows] = children.map(cells)
  return { kind: 'table', head: head!, rows }
}

/** Of a paragraph that is one picture. */
function pictureOf(id: string, { children }: Paragraph): HelpBlock | undefined {
  const [only] = children
  if (children.length !== 1 || only?.type !== 'image') return undefined
  const file = /^screenshots\/([\w-]+\.png)$/.exec(only.url)?.[1]
  if (file === undefined) throw problem(id, only)
  return { kind: 'picture', file, caption: only.alt ?? '' }
}

function inlinesOf(id: string, nodes: readonly PhrasingContent[]): HelpInline[] {
  const inlines: HelpInline[] = []
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!
    const key = keyAt(nodes, at)
    if (key === undefined) inlines.push(...inlineOf(id, node))
    else {
      inlines.push({ kind: 'key', text: key })
      at += 2
    }
  }
  return inlines
}

/** The only HTML that pages hold: `<kbd>`, a text, `</kbd>`. */
function keyAt(nodes: readonly PhrasingContent[], at: number): string | undefined {
  const [begin, text, end] = nodes.slice(at, at + 3)
  const isKey =
    begin?.type === 'html' && begin.value === '<kbd>' && end?.type === 'html' && end.value === '</kbd>' // prettier-ignore
  return isKey && text?.type === 'text' ? text.value : undefined
}

function inlineOf(id: string, node: PhrasingContent): HelpInline[] {
  switch (node.type) {
    case 'text':
      return [{ kind: 'text', text: node.value.replaceAll('\n', ' ') }]
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }]
    case 'strong':
    case 'emphasis':
      return [{ kind: node.type, content: inlinesOf(id, node.children) }]
    case 'break':
      return [{ kind: 'text', text: ' ' }]
    case 'link':
      return linkOf(id, node.url, inlinesOf(id, node.children))
    default:
      throw problem(id, node)
  }
}

/** A page of the help is gone to; an address outside is written out, since the program opens none. */
function linkOf(id: string, url: string, content: HelpInline[]): HelpInline[] {
  const own = /^(?:([\w-]+)\.md)?(?:#(.+))?$/.exec(url)
  if (own) {
    const [, page = id, anchor] = own
    return [{ kind: 'link', page, ...(anchor !== undefined && { anchor }), content }]
  }
  if (!/^https?:/.test(url) || helpText(content) === url) return content
  return [...content, { kind: 'text', text: ` (${url})` }]
}

const problem = (id: string, node: Nodes): Error =>
  new Error(`${id}.md, line ${node.position?.start.line ?? 0}: the help cannot show ${node.type}`)
