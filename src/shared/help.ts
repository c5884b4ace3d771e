/** The documentation as data: what the build makes of `docs/*.md` and the Help page shows, as text and nothing else. */

export type HelpInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'strong'; readonly content: readonly HelpInline[] }
  | { readonly kind: 'emphasis'; readonly content: readonly HelpInline[] }
  | {
      readonly kind: 'link'
      readonly page: string
      readonly anchor?: string
      readonly content: readonly HelpInline[]
    }

type HelpCell = readonly HelpInline[]

export type HelpBlock =
  | {
      readonly kind: 'heading'
      /** 1 is the page's title. */
      readonly level: number
      readonly anchor: string
      readonly content: readonly HelpInline[]
    }
  | { readonly kind: 'paragraph'; readonly content: readonly HelpInline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly HelpBlock[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly HelpBlock[])[]
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly HelpCell[]; readonly rows: readonly (readonly HelpCell[])[] } // prettier-ignore
  | {
      readonly kind: 'picture'
      /** A name within `docs/screenshots`. */
      readonly file: string
      readonly caption: string
    }

export interface HelpPage {
  /** Its file's name without `.md`. */
  readonly id: string
  readonly title: string
  /** The heading of the index below which it stands. */
  readonly group: string
  readonly blocks: readonly HelpBlock[]
}

/** Inline content as plain text. */
export const helpText = (content: readonly HelpInline[]): string =>
  content.map((part) => ('text' in part ? part.text : helpText(part.content))).join('')
