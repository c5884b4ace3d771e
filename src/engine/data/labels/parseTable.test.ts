import { expect, test } from 'vitest'
import { TableEncoding } from '../../../shared/domain/tableEncoding.ts'
import { decodeTable } from './decodeTable.ts'
import { tableRows } from './parseTable.ts'

const read = (text: string, delimiter = ',', columns?: number) =>
  [...tableRows(text, delimiter, columns === undefined ? {} : { columns })].map((row) => [
    row.line,
    row.problem === undefined ? row.cells : 'bad',
  ])

test('quoted cells may hold delimiters, quotes and line breaks (RFC 4180, 2.5–2.7)', () => {
  expect(read('a,"b,c"\r\n"say ""hi""",\r\n"two\nlines",x\r\nlast,one')).toEqual([
    [1, ['a', 'b,c']],
    [2, ['say "hi"', '']],
    [3, ['two\nlines', 'x']],
    [5, ['last', 'one']],
  ])
})

test('a quote that is not closed costs its own row and no other', () => {
  const text = 'a,1\n"b,1\nc,1\n"d",1\n"e"x,1\nf,"1\n'
  expect(read(text, ',', 2)).toEqual([
    [1, ['a', '1']],
    [2, 'bad'],
    [3, ['c', '1']],
    [4, ['d', '1']],
    [5, 'bad'],
    [6, 'bad'],
  ])
})

test('a quote left open that a later row closes is told by the number of cells', () => {
  // To a reader of the standard, the first two lines are one row: «b,1\nc», then «,1».
  expect(read('"b,1\nc"\nd,1\n', ',', 2)).toEqual([
    [1, 'bad'],
    [2, ['c"']],
    [3, ['d', '1']],
  ])
})

test('empty lines and lines of delimiters alone are no rows, and lines are counted past them', () => {
  expect(read('\n\na;b\n;;;\n\r\nc;d', ';')).toEqual([
    [3, ['a', 'b']],
    [6, ['c', 'd']],
  ])
})

test('blanks before a quote are forgiven; line ends of old Macs count', () => {
  expect(read('a, "b" ,c\rd,e,f')).toEqual([
    [1, ['a', 'b', 'c']],
    [2, ['d', 'e', 'f']],
  ])
})

const umlauts = 'datei;befund\r\nRöntgen.png;Lungenentzündung – «links»\r\n'
const utf16be = Buffer.from(umlauts, 'utf16le').swap16()
const utf32 = (text: string) => {
  const points = Uint32Array.from(text, (letter) => letter.codePointAt(0)!)
  return Buffer.from(points.buffer)
}
test.each<[string, Buffer, string]>([
  ['UTF-8', Buffer.from(umlauts), 'UTF-8'],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${umlauts}`), 'UTF-8'],
  ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${umlauts}`, 'utf16le'), 'UTF-16 LE'],
  ['UTF-16 BE with a mark', Buffer.from(`\uFEFF${umlauts}`, 'utf16le').swap16(), 'UTF-16 BE'],
  ['UTF-16 LE without one', Buffer.from(umlauts, 'utf16le'), 'UTF-16 LE'],
  ['UTF-16 BE without one', utf16be, 'UTF-16 BE'],
  ['UTF-32 LE with a mark', utf32(`\uFEFF${umlauts}`), 'UTF-32 LE'],
  ['UTF-32 BE with a mark', utf32(`\uFEFF${umlauts}`).swap32(), 'UTF-32 BE'],
  ['Windows-1252', Buffer.from(umlauts.replace('–', '\x96'), 'latin1'), 'Windows-1252'],
])('a table in %s is read as it was written', (_, bytes, encoding) => {
  expect(decodeTable(bytes)).toEqual({ text: umlauts, encoding })
})

test('one row with a wrong byte does not make the other rows Windows-1252', () => {
  const bytes = Buffer.concat([Buffer.from('ä.png,ö\nü.png,ß\n'), Buffer.from('b\xE4d.png,x\n', 'latin1')]) // prettier-ignore
  const { text, encoding } = decodeTable(bytes)
  expect([encoding, text]).toEqual(['UTF-8', 'ä.png,ö\nü.png,ß\nb\uFFFDd.png,x\n'])
})

test.each<[TableEncoding, string, string]>([
  ['Windows-1251', 'f4e0e9eb3be4e8e0e3edeee70d0af1ede8eceeea2e706e673befede5e2eceeede8ff', 'файл;диагноз\r\nснимок.png;пневмония'], // prettier-ignore
  ['KOI8-R', 'c6c1cacc3bc4c9c1c7cecfda', 'файл;диагноз'],
  [
    'Shift_JIS',
    '837483408343838b2c906692660d0a8bb995942e706e672c9478898a',
    'ファイル,診断\r\n胸部.png,肺炎',
  ],
  ['GB18030', 'cec4bcfe2cd5efb6cf0d0ad0d8c6ac2e706e672cb7ced1d7', '文件,诊断\r\n胸片.png,肺炎'],
  ['Macintosh', '44617465693b426566756e640d529a6e7467656e2e706e67', 'Datei;Befund\rRöntgen.png'],
  ['UTF-16 LE', 'fffe61003b006200', 'a;b'],
  ['UTF-32 BE', '0000feff00000061', 'a'],
  ['UTF-8', 'efbbbf613bc3a4', 'a;ä'],
])('a table in %s is read so when a person says that it is', (encoding, hex, text) => {
  expect(decodeTable(Buffer.from(hex, 'hex'), encoding)).toEqual({ text, encoding })
})

test('every encoding that is offered can be read', () => {
  for (const encoding of TableEncoding.options) {
    expect(decodeTable(Buffer.from('61626364', 'hex'), encoding).text).not.toBe('')
  }
})
