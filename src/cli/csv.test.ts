import { expect, test } from 'vitest'
import { formatCsv } from './csv.ts'

const cellOf = (value: string | number) => formatCsv(['a'], [[value]]).slice('a\r\n'.length, -2)

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠x'])(
  'text that starts like a formula (%j) is kept from being one',
  (text) => {
    expect(cellOf(text)).toBe(`'${text}`)
  },
)

test('line breaks in front are formulas to some programs: prefixed and quoted', () => {
  expect(cellOf('\r=1')).toBe('"\'\r=1"')
  expect(cellOf('\n=1')).toBe('"\'\n=1"')
})

test('numbers stay numbers, also negative and tiny ones', () => {
  expect([cellOf(-1), cellOf(0.25), cellOf(1e-7)]).toEqual(['-1', '0.25', '1e-7'])
})

test('commas, quotes and line breaks are quoted after RFC 4180', () => {
  expect(formatCsv(['file', 'n'], [['a,"b"\nc', 1]])).toBe('file,n\r\n"a,""b""\nc",1\r\n')
})
