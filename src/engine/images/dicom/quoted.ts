const longest = 40

/** What a file says where words or a number should be, fit for a line that a person reads. */
export function quoted(text: string): string {
  const printable = text.replace(/\p{C}|[\u2028\u2029]/gu, '·')
  return printable.length > longest ? `${printable.slice(0, longest)}…` : printable
}
