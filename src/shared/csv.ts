/** Tables as text (RFC 4180), safe to open in a spreadsheet. */
export type Cell = string | number | undefined

/** Starts of a cell that spreadsheets take for a formula, the full-width forms of East Asian keyboards included. */
const formulaStart = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/

/** One row with its line end. Text that a spreadsheet would compute gets a leading apostrophe; numbers stay numbers. */
export function csvRow(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',') + '\r\n'
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formulaStart.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
