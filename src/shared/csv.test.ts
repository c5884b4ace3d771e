import { expect, test } from 'vitest'
import { csvRow } from './csv.ts'

test('numbers stay numbers, the unknown is empty, quotes and commas are quoted', () => {
  expect(csvRow(['a', 0.5, undefined, 'x,y', 'say "no"', -1])).toBe(
    'a,0.5,,"x,y","say ""no""",-1\r\n',
  )
})

test('text that a spreadsheet would compute is marked as text', () => {
  for (const text of ['=1+1', '+1', '-1', '@a', '＝1', '－1', ' =1', '\t=1']) {
    expect(csvRow([text])).toBe(`'${text}\r\n`)
  }
  expect(csvRow(['\n=1'])).toBe(`"'\n=1"\r\n`)
  expect(csvRow(['a=1', 'a-b'])).toBe('a=1,a-b\r\n')
})

test('an unknown cell is empty', () => {
  expect(csvRow(['a', undefined, 2])).toBe('a,,2\r\n')
})

test('a formula behind spaces is a formula to some programs too', () => {
  expect(csvRow(['  =1'])).toBe("'  =1\r\n")
})
