import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { labelOrder } from './labelOptions.ts'

const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-order-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const labels = join(folder, 'labels.csv')
writeFileSync(labels, 'file,class\n')

test.each([
  ['cp1251', 'Windows-1251'],
  ['SJIS', 'Shift_JIS'],
  ['gbk', 'GB18030'],
  ['mac', 'Macintosh'],
  ['UTF-16', 'UTF-16 LE'],
  ['utf-32 be', 'UTF-32 BE'],
  ['latin1', 'Windows-1252'],
])('an encoding may be called %s', async (word, encoding) => {
  expect(await labelOrder({ labels, encoding: word })).toEqual({ file: labels, encoding })
})

test('an encoding that nobody knows is refused with those that can be read', async () => {
  await expect(labelOrder({ labels, encoding: 'ebcdic' })).rejects.toThrow(
    /«ebcdic» is none that can be read \(UTF-8, .*GB18030/,
  )
})

test('how a table is read cannot be said without a table', async () => {
  await expect(labelOrder({ encoding: 'cp1251' })).rejects.toThrow('name it with --labels')
})
