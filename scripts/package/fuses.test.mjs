import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFuses, setFuses } from './fuses.mjs'

const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
let folder
let file

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-fuses-'))
  file = join(folder, 'electron')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (wire) => writeFileSync(file, `code${mark}${wire}more code`, 'latin1')

test('each fuse is read by its place, one that Electron took out is not there', () => {
  write('\x01\x0410r1')
  expect(readFuses(file)).toEqual({
    RunAsNode: true,
    EnableCookieEncryption: false,
    EnableNodeCliInspectArguments: true,
  })
})

test('fuses are set as wanted and nothing else in the file changes', () => {
  write('\x01\x0710r1011')
  expect(setFuses(file)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
  })
  const asar = process.platform === 'linux' ? '0' : '1'
  expect(readFileSync(file, 'latin1')).toBe(`code${mark}\x01\x0701r0${asar}10more code`)
})

test('a program without fuses, with two sets or of another version is refused', () => {
  writeFileSync(file, 'code')
  expect(() => readFuses(file)).toThrow('is not an Electron with one set of fuses')
  writeFileSync(file, `${mark}\x01\x011${mark}\x01\x011`, 'latin1')
  expect(() => readFuses(file)).toThrow('is not an Electron with one set of fuses')
  write('\x02\x011')
  expect(() => readFuses(file)).toThrow('unknown version (2)')
})
