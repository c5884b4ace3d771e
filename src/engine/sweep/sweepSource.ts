/** The places of a sweep's parts in its YAML. */
import { isMap, isNode, isScalar, visit, type Document, type Node } from 'yaml'
import { placeIn, type TextPlace } from '../../shared/textPlace.ts'

export interface SweepSource {
  /** Of what stands at `path`, or of the nearest part around it; `key` is one of a map there. */
  readonly placeAt: (path: readonly PropertyKey[], key?: string) => TextPlace | undefined
  /** Of the first text of these words, from `from` on (UTF-16 units), `length` of them. */
  readonly placeOfText: (words: string, from?: number, length?: number) => TextPlace | undefined
}

export function sweepSource(text: string, document: Document): SweepSource {
  return {
    placeAt(path, key) {
      const node = nearest(document, path)
      const found = key === undefined ? node : (keyOf(node, key) ?? node)
      return found && placeOf(text, found)
    },
    placeOfText(words, from = 0, length = words.length) {
      const node = scalarWith(document, words)
      if (!node?.range) return undefined
      const [start, end] = node.range
      // Within quotes the words stand a little further on; where they are escaped, only the whole is known.
      const begin = text.slice(start, end).indexOf(words)
      return begin < 0
        ? placeOf(text, node)
        : placeIn(text, start + begin + from, Math.min(length, words.length - from))
    },
  }
}

function nearest(document: Document, path: readonly PropertyKey[]): Node | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true)
    if (isNode(node)) return node
  }
  return undefined
}

function keyOf(node: Node | undefined, key: string): Node | undefined {
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key: one }) => isScalar(one) && one.value === key)
  return isNode(pair?.key) ? pair.key : undefined
}

function scalarWith(document: Document, words: string): Node | undefined {
  let found: Node | undefined
  visit(document, {
    Scalar(_, node) {
      if (node.value !== words) return undefined
      found = node
      return visit.BREAK
    },
  })
  return found
}

function placeOf(text: string, { range }: Node): TextPlace | undefined {
  if (!range) return undefined
  const [start, end] = range
  return placeIn(text, start, text.slice(start, end).trimEnd().length)
}
