/** Pieces of SVG as text, for charts that are saved. Colours are tokens, resolved by `onPaper`. */
type Attributes = Readonly<Record<string, string | number | undefined>>

/** One element; text content is escaped, children are taken as they are. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

export const text = (words: string, attributes: Attributes): string =>
  element('text', { fill: 'var(--text)', 'font-size': 12, ...attributes }, escaped(words))

/** As XML takes it; what XML 1.0 forbids altogether is left out. */
export const escaped = (words: string): string =>
  words
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
