/** CSV that spreadsheets open as it was meant: quoted after RFC 4180, and no text becomes a formula. */

/** What Excel, LibreOffice and their full-width habits take for the start of a formula. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u
const needsQuotes = /[",\r\n]/

/** Rows to CSV; numbers stay numbers, text that could be a formula gets an apostrophe in front. */
export function formatCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = formulaStart.test(value) ? `'${value}` : value
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
