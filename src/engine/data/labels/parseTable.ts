/** Tables as text (RFC 4180), read so that one bad row costs no other. */

export interface TableRow {
  /** Of its beginning, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Columns with a quote inside a cell that does not begin with one, which RFC 4180 forbids. */
  readonly stray: readonly number[]
  /** Why it is none. */
  readonly problem?: string
}

/** Longer cells hold no label; an open quote would otherwise swallow the rest of the file. */
const MAX_CELL = 65_536

/**
 * The rows of a text, empty lines left out. A row that cannot be read ends with its line, and the next one is read
 * anew. `columns`, where it is known, tells a cell of several lines from a quote that was left open.
 */
export function* tableRows(
  text: string,
  delimiter: string,
  { from = 0, line = 1, columns }: { from?: number; line?: number; columns?: number } = {},
): Generator<TableRow> {
  let at = from
  let number = line
  while (at < text.length) {
    const row = readRow(text, at, delimiter)
    const isTorn = row.lines > 1 && columns !== undefined && row.cells.length !== columns
    const problem = isTorn ? openQuote : row.problem
    const end = problem === undefined ? row.end : endOfLine(text, at)
    if (problem !== undefined) yield { line: number, cells: [], stray: [], problem }
    else if (row.cells.some((cell) => cell.trim() !== '')) {
      yield { line: number, cells: row.cells, stray: row.stray }
    }
    number += problem === undefined ? row.lines : 1
    at = afterBreak(text, end)
  }
}

const openQuote = 'a quote is opened and not closed: write "…" around the cell, and a quote in it twice' // prettier-ignore

interface ReadRow {
  readonly cells: string[]
  readonly stray: number[]
  /** Where its line break is. */
  readonly end: number
  /** How many lines it takes. */
  readonly lines: number
  readonly problem?: string
}

function readRow(text: string, start: number, delimiter: string): ReadRow {
  const cells: string[] = []
  const stray: number[] = []
  let at = start
  let lines = 1
  for (;;) {
    const quote = skipBlanks(text, at, delimiter)
    if (text[quote] === '"') {
      const close = closingQuote(text, quote + 1)
      const after = close === undefined ? undefined : skipBlanks(text, close + 1, delimiter)
      if (close === undefined || !isEnd(text, after!, delimiter)) {
        return { cells: [], stray: [], end: start, lines, problem: openQuote }
      }
      const cell = text.slice(quote + 1, close)
      lines += breaksIn(cell)
      cells.push(cell.split('""').join('"'))
      at = after!
    } else {
      const from = at
      while (!isEnd(text, at, delimiter)) at++
      const cell = text.slice(from, at)
      if (cell.includes('"')) stray.push(cells.length)
      cells.push(cell)
    }
    if (text[at] !== delimiter) return { cells, stray, end: at, lines }
    at++
  }
}

/** Blanks between a delimiter and a quote are slips that everyone forgives. */
function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from
  while (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t')) at++
  return at
}

function closingQuote(text: string, from: number): number | undefined {
  let at = from
  for (;;) {
    const found = text.indexOf('"', at)
    if (found < 0 || found - from > MAX_CELL) return undefined
    if (text[found + 1] !== '"') return found
    at = found + 2
  }
}

const isEnd = (text: string, at: number, delimiter: string) =>
  at >= text.length || text[at] === delimiter || text[at] === '\n' || text[at] === '\r'

const breaksIn = (cell: string) => cell.match(/\r\n|\r|\n/g)?.length ?? 0

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

const afterBreak = (text: string, at: number) =>
  text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
