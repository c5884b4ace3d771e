import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomically, writeFully, writeSynced } from './atomicWrite.ts'
import { commitFolder, recoverFolder } from './commitFolder.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file is replaced whole and no temporary name stays behind', async () => {
  const path = join(folder, 'a.txt')
  await writeFileAtomically(path, 'old')
  await writeFileAtomically(path, 'new words')
  expect(await readFile(path, 'utf8')).toBe('new words')
  expect(await readdir(folder)).toEqual(['a.txt'])
})

test('a disk that takes three bytes at a time still gets all of them, in order', async () => {
  const taken: number[] = []
  const slow = {
    write: (bytes: Uint8Array, offset: number, length: number) => {
      const part = bytes.subarray(offset, offset + Math.min(3, length))
      taken.push(...part)
      return Promise.resolve({ bytesWritten: part.length })
    },
  }
  expect(await writeFully(slow, Uint8Array.of(1, 2, 3, 4, 5, 6, 7))).toBe(7)
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('a disk that takes nothing more is an error, not an endless loop', async () => {
  const full = { write: () => Promise.resolve({ bytesWritten: 0 }) }
  await expect(writeFully(full, Uint8Array.of(1))).rejects.toThrow('0 of 1 bytes')
})

test('a failed write names the file and the reason and leaves the old file', async () => {
  const path = join(folder, 'taken')
  await mkdir(join(path, 'inside'), { recursive: true })
  await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({ name: 'AppError' })
  const nowhere = join(folder, 'no', 'x')
  await expect(writeFileAtomically(nowhere, '')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: `${nowhere} could not be written: it is not there`,
  })
  expect(await readdir(folder)).toEqual(['taken'])
})

test('a folder is replaced as a whole; a fill that fails changes nothing', async () => {
  const target = join(folder, 'model')
  await commitFolder(target, (into) => writeSynced(join(into, 'a'), ['1']))
  await commitFolder(target, (into) => writeSynced(join(into, 'b'), ['2']))
  expect(await readdir(target)).toEqual(['b'])
  const failing = commitFolder(target, async (into) => {
    await writeSynced(join(into, 'c'), ['3'])
    throw new Error('no more')
  })
  await expect(failing).rejects.toThrow('no more')
  expect(await readdir(target)).toEqual(['b'])
  expect(await readdir(folder)).toEqual(['model'])
})

test('after a kill between the two renames the older folder comes back', async () => {
  const target = join(folder, 'model')
  await mkdir(target)
  await writeFile(join(target, 'a'), '1')
  await rename(target, join(folder, '.model.replaced'))
  await mkdir(join(folder, '.model.0123.new'))
  await recoverFolder(target)
  expect(await readdir(folder)).toEqual(['model'])
  expect(await readdir(target)).toEqual(['a'])
})
