import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { turnedFilms } from './polarity.ts'
import { UsageError } from './usageError.ts'

const films = [{ path: '/films/a/1.dcm' }, { path: '/films/b/1.dcm' }, { path: '/films/b/2.dcm' }]

test('the polarity of no film is turned unless it is asked for, and then of all or of those in a list', async () => {
  const list = join(mkdtempSync(join(tmpdir(), 'polarity-')), 'turned.txt')
  writeFileSync(list, '# from the old scanner\nb/1.dcm\n')
  expect(await turnedFilms(undefined, films)).toEqual([])
  expect(await turnedFilms('file', films)).toEqual([])
  expect(await turnedFilms('turned', films)).toHaveLength(3)
  expect(await turnedFilms(list, films)).toEqual(['/films/b/1.dcm'])
  writeFileSync(list, '3.dcm\n')
  await expect(turnedFilms(list, films)).rejects.toThrow(UsageError)
  await expect(turnedFilms('inverted', films)).rejects.toThrow(/inverted/)
})
