import { createHash } from 'node:crypto'

/** SHA-256 over content and label of every film, in an order of their own. */
export function setHash(
  films: readonly { readonly fileHash: string; readonly label: number }[],
): string {
  // prettier-ignore
  const lines = films.map(({ fileHash, label }) => `${fileHash} ${label}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
