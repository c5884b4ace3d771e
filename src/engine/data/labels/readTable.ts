/** A table file as rows: encoding, delimiter and header found. */
import { readFile, stat } from 'node:fs/promises'
import { describeFileError } from '../../../files/fileError.ts'
import type { LabelReading } from '../../../shared/domain/labelTable.ts'
import type { TableEncoding } from '../../../shared/domain/tableEncoding.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeTable } from './decodeTable.ts'
import { isHeader } from './header.ts'
import { tableRows, type TableRow } from './parseTable.ts'

export interface Table {
  readonly file: string
  readonly encoding: TableEncoding
  readonly delimiter: LabelReading['delimiter']
  readonly header: boolean
  /** What heads each column; numbered where nothing does. */
  readonly names: readonly string[]
  readonly rows: readonly TableRow[]
}

/** A million rows with three columns; larger files are none of labels. */
const MAX_BYTES = 256 * 2 ** 20
const MAX_COLUMNS = 1000
const delimiters = [',', ';', '\t', '|'] as const
/** So many rows tell what a table is like. */
const looked = 100

/**
 * `chosen` is what a person says of the encoding. Throws NOT_FOUND, NOT_PERMITTED, TOO_LARGE, UNSUPPORTED for a workbook, or BAD_INPUT for what is no
 * table; each names the file.
 */
export async function readTable(file: string, chosen?: TableEncoding): Promise<Table> {
  const bytes = await readBytes(file)
  if (isWorkbook(bytes)) throw new AppError('UNSUPPORTED', `${file}: a workbook of a spreadsheet program, which is not read; save its sheet as CSV there, and take that file`) // prettier-ignore
  const { text, encoding } = decodeTable(bytes, chosen)
  // Excel writes, and reads, the delimiter in a first line of its own.
  const named = /^sep=([,;\t|])(?:\r\n|\r|\n)/i.exec(text)
  const start = named ? { from: named[0].length, line: 2 } : {}
  const delimiter = delimiters.find((each) => each === named?.[1]) ?? likeliest(text, file)
  const whole = () => wholeRows(tableRows(text, delimiter, start))
  const [top] = whole()
  if (!top) throw new AppError('BAD_INPUT', text.trim() === '' ? `${file}: the table is empty` : noTable(file)) // prettier-ignore
  const first = headerBelowTitle([...taken(whole(), looked)]) ?? top
  const columns = first.cells.length
  if (columns > MAX_COLUMNS) throw new AppError('BAD_INPUT', `${file}: ${columns} columns are more than a table of labels has (${MAX_COLUMNS})`) // prettier-ignore
  const rows = [...tableRows(text, delimiter, { ...start, columns })]
  const others = rows.filter(({ line }) => line > first.line)
  const header = isHeader(first.cells, others.slice(0, looked))
  return {
    ...{ file, encoding, delimiter, header },
    names: first.cells.map((name, at) => (header && name.trim()) || `Column ${at + 1}`),
    rows: header ? others : rows,
  }
}

function* wholeRows(rows: Iterable<TableRow>): Generator<TableRow> {
  for (const row of rows) if (row.problem === undefined) yield row
}

function* taken<T>(items: Iterable<T>, most: number): Generator<T> {
  let left = most
  for (const item of items) {
    yield item
    if (--left === 0) return
  }
}

/** The header where a title or remarks stand above it: lines with one filled cell, or with too few behind a «#». */
function headerBelowTitle(rows: readonly TableRow[]): TableRow | undefined {
  const usual = Math.max(...rows.map(({ cells }) => cells.length))
  const isTitle = ({ cells }: TableRow) =>
    usual > 1 &&
    (cells.filter((cell) => cell.trim() !== '').length === 1 ||
      (cells.length < usual && cells[0]!.startsWith('#')))
  const at = rows.findIndex((row) => !isTitle(row))
  if (at < 1) return undefined
  return isHeader(rows[at]!.cells, rows.slice(at + 1)) ? rows[at] : undefined
}

/** A zip archive (XLSX, ODS) or an OLE file (XLS). */
const isWorkbook = (bytes: Uint8Array) =>
  ['504b0304', 'd0cf11e0'].includes(Buffer.from(bytes.subarray(0, 4)).toString('hex'))

const noTable = (file: string) => `${file}: no table of text; save it as CSV`

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) throw new AppError('TOO_LARGE', `${file}: ${size} bytes are more than a table of labels has`) // prettier-ignore
    return await readFile(file)
  } catch (cause) {
    throw describeFileError(cause, file, 'read')
  }
}

/** The delimiter by which most of the first rows have as many cells, and the most cells at that. */
function likeliest(text: string, file: string): LabelReading['delimiter'] {
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, ...shape(text, delimiter) }))
    .sort((a, b) => b.agreement - a.agreement || b.columns - a.columns)
  if (best && best.columns > 1) return best.delimiter
  if (text.includes('\0')) throw new AppError('BAD_INPUT', noTable(file))
  return ','
}

function shape(text: string, delimiter: string): { columns: number; agreement: number } {
  const counts = new Map<number, number>()
  let rows = 0
  for (const { cells } of tableRows(text, delimiter)) {
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    if (++rows === looked) break
  }
  const [columns, agreeing] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0]
  return { columns, agreement: columns > 1 ? agreeing : 0 }
}
