import type { ShippedPart } from '../../../shared/shippedPart.ts'

export interface Parts {
  readonly parts: readonly ShippedPart[]
  readonly texts: readonly string[]
  /** CycloneDX 1.5. */
  readonly bill: object
}

/** All parts as one text: a line for each, then each licence text below the parts that it belongs to. */
export function noticesOf(parts: readonly ShippedPart[], texts: readonly string[]): string {
  const titled = ({ name, version }: ShippedPart) => `${name} ${version}`
  const list = parts.map((part) => `${titled(part)}: ${part.licence}`)
  const bodies = texts.map((text, place) => {
    const users = parts.filter((part) => part.texts.includes(place))
    return `${users.map(titled).join(', ')}\n\n${text}`
  })
  return `${[list.join('\n'), ...bodies].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
