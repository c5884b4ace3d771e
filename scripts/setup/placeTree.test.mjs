import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeTree } from './placeTree.mjs'

let folder
let source
let target

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-place-'))
  source = join(folder, 'source')
  target = join(folder, 'target')
  mkdirSync(join(source, 'lib'), { recursive: true })
  writeFileSync(join(source, 'lib', 'a.so.1'), 'library')
  symlinkSync('a.so.1', join(source, 'lib', 'a.so'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const place = () => placeTree(source, target, 'lib/a.so.1')

test('files take no second place on the disk, and links stay links', () => {
  place()
  const inode = (root) => statSync(join(root, 'lib', 'a.so.1')).ino
  expect(inode(target)).toBe(inode(source))
  expect(readlinkSync(join(target, 'lib', 'a.so'))).toBe('a.so.1')
})

test('what was there before gives way, also the rest of a killed attempt', () => {
  mkdirSync(join(`${target}.part`, 'half'), { recursive: true })
  mkdirSync(join(target, 'old'), { recursive: true })
  place()
  expect(existsSync(join(target, 'old'))).toBe(false)
  expect(existsSync(`${target}.part`)).toBe(false)
  expect(readFileSync(join(target, 'lib', 'a.so'), 'utf8')).toBe('library')
})

test('a tree that is in place is left alone, running programs use it', () => {
  place()
  writeFileSync(join(target, 'mark'), '')
  place()
  expect(existsSync(join(target, 'mark'))).toBe(true)
})
