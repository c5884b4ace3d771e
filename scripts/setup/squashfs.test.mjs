import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unpackSquashfs } from './squashfs.mjs'

/** Made by mksquashfs 4.5.1 with -comp gzip -no-fragments -no-xattrs. */
const image = Buffer.from(
  [
    'aHNxcwcAAAAAAAAAAAACAAAAAAABABEA0AIBAAQAAADVAAAAAAAAAFwBAAAAAAAAVAEAAAAAAAD//////////2kA',
    'AAAAAAAA1wAAAAAAAAArAQAAAAAAAEYBAAAAAAAAaGVsbG8Kbm8KbAB42mNieMvIAAVMQJwAxP+BAMRng2BGRiQ1',
    'jEhqZYCYHYiZGf7D5ZmhajiBOCkzTz8jNScnn4lhCVwBKxCnIVnCDMEolrAgWSLPIAm2BNkMkMMykcx4MBmmA+ZI',
    'hFnsSGY6MJgycABpAN90GUZSAHjaY2CAACY4zcKQkZqTkw/lM7ACcSpYgp2hNK88Ma8kNYUZKscIxCpgmokhKTPP',
    'BUgxA2FOZl52J5BmBJqVX5KRWrQSaArI4KrUovxiAHiwDu4ZAHjaU2FABS5QuhNKp0LplVD6KpQGAD6IAtUrAQAA',
    'AAAAAASAAAAAAE4BAAAAAAAA',
  ].join(''),
  'base64',
)

let folder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-squashfs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('files, their modes, links and long runs of zeros are unpacked', () => {
  unpackSquashfs(image, folder, () => true)
  expect(readFileSync(join(folder, 'bin', 'hello'), 'utf8')).toBe('hello\n')
  expect(statSync(join(folder, 'bin', 'hello')).mode & 0o777).toBe(0o755)
  expect(readlinkSync(join(folder, 'link'))).toBe('bin/hello')
  expect(readFileSync(join(folder, 'zeros'))).toEqual(Buffer.alloc(300_000))
})

test('what is not wanted is left in the image', () => {
  unpackSquashfs(image, folder, (path) => path !== 'other')
  expect(existsSync(join(folder, 'bin', 'hello'))).toBe(true)
  expect(existsSync(join(folder, 'other'))).toBe(false)
})

test('anything else than such an image is refused', () => {
  expect(() => unpackSquashfs(Buffer.alloc(96), folder, () => true)).toThrow('not a SquashFS')
})
