/** Finds sections of the help by words. */
import { helpText, type HelpBlock, type HelpPage } from '../../../shared/help.ts'

export interface HelpHit {
  readonly page: string
  readonly anchor: string
  readonly pageTitle: string
  /** The section's heading; the page's title before the first one. */
  readonly heading: string
  /** Of the section, where the first of the words stands. */
  readonly excerpt: string
}

interface Section {
  readonly anchor: string
  readonly heading: string
  readonly texts: readonly string[]
}

const most = 40
const excerptLength = 160

/** Sections that hold every word, in any order and case; those with all of them in heading or title first. */
export function searchHelp(pages: readonly HelpPage[], query: string): HelpHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found = pages.flatMap((page) =>
    sectionsOf(page.blocks).flatMap((section) => {
      const titled = `${page.title} ${section.heading}`.toLowerCase()
      const all = `${titled} ${section.texts.join(' ').toLowerCase()}`
      if (!words.every((word) => all.includes(word))) return []
      const rank = words.every((word) => titled.includes(word)) ? 0 : 1
      return [{ rank, hit: hitOf(page, section, words[0]!) }]
    }),
  )
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ hit }) => hit)
}

function hitOf({ id, title }: HelpPage, { anchor, heading, texts }: Section, word: string) {
  const text = texts.find((each) => each.toLowerCase().includes(word)) ?? texts[0] ?? ''
  return { page: id, anchor, pageTitle: title, heading, excerpt: excerptOf(text, word) }
}

/** About `excerptLength` characters of the text, with the word near their beginning. */
function excerptOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - excerptLength / 4)
  // Never within a word.
  const begin = at === 0 ? 0 : text.indexOf(' ', at) + 1
  const end = text.lastIndexOf(' ', begin + excerptLength)
  const isWhole = text.length <= begin + excerptLength
  return `${begin > 0 ? '… ' : ''}${text.slice(begin, isWhole ? undefined : end)}${isWhole ? '' : ' …'}`
}

/** What stands below each heading; the page's title heads what comes before the next. */
function sectionsOf(blocks: readonly HelpBlock[]): Section[] {
  const sections: (Section & { texts: string[] })[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') {
      sections.push({ anchor: block.anchor, heading: helpText(block.content), texts: [] })
    } else sections.at(-1)?.texts.push(...textsOf(block))
  }
  return sections
}

function textsOf(block: HelpBlock): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [helpText(block.content)]
    case 'quote':
      return block.blocks.flatMap(textsOf)
    case 'list':
      return block.items.map((item) => item.flatMap(textsOf).join(' '))
    case 'code':
      return [block.text]
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(helpText).join(' · '))
    case 'picture':
      return [block.caption]
  }
}
