/** How many rows a page of the table has for the keys. */
const pageRows = 10

/** The row that a key leads to from row `from` of `count`, both from 0; undefined for keys that do not move. */
export function rowAfter(key: string, from: number, count: number): number | undefined {
  const last = count - 1
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    Home: 0,
    End: last,
    PageDown: from + pageRows,
    PageUp: from - pageRows,
  }
  const to = steps[key]
  return to === undefined ? undefined : Math.max(0, Math.min(last, to))
}
