import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyHashed, hashFile } from './hashFile.ts'

/** SHA-256 of «abc», FIPS 180-2 appendix B.1. */
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-hash-'))
  await writeFile(join(folder, 'abc'), 'abc')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (name: string) => join(folder, name)
const alive = () => new AbortController().signal

test('a file’s hash is that of the standard', async () => {
  expect(await hashFile(file('abc'), alive())).toEqual({ sha256: ofAbc, bytes: 3 })
})

test('a copy is hashed on its way, and never takes the place of another file', async () => {
  expect(await copyHashed(file('abc'), file('copy'))).toEqual({ sha256: ofAbc, bytes: 3 })
  expect(await readFile(file('copy'), 'utf8')).toBe('abc')
  await writeFile(file('there'), 'kept')
  await expect(copyHashed(file('abc'), file('there'))).rejects.toThrow('abc could not be copied')
  expect(await readFile(file('there'), 'utf8')).toBe('kept')
})

test('a file that is not there, and a hash nobody waits for, are told', async () => {
  await expect(hashFile(file('none'), alive())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const stopped = AbortSignal.abort()
  await expect(hashFile(file('abc'), stopped)).rejects.toMatchObject({ code: 'CANCELLED' })
})
