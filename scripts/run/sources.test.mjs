import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprint } from './sources.mjs'

let root

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pneumoscope-sources-'))
  mkdirSync(join(root, 'src', 'engine'), { recursive: true })
  mkdirSync(join(root, 'src', 'renderer'))
  write('src/engine/index.ts', 'one')
})
afterEach(() => rmSync(root, { recursive: true }))

const write = (path, content) => writeFileSync(join(root, path), content)

test('contents count, dates do not', () => {
  const before = fingerprint(root)
  utimesSync(join(root, 'src/engine/index.ts'), 0, 0)
  expect(fingerprint(root)).toBe(before)
  write('src/engine/index.ts', 'two')
  expect(fingerprint(root)).not.toBe(before)
})

test('a renamed file and a changed configuration count, a test and a note do not', () => {
  const before = fingerprint(root)
  write('src/engine/index.test.ts', 'a test')
  write('README.md', 'a note')
  expect(fingerprint(root)).toBe(before)
  write('package.json', '{}')
  const configured = fingerprint(root)
  expect(configured).not.toBe(before)
  write('src/engine/other.ts', 'one')
  expect(fingerprint(root)).not.toBe(configured)
})

test('a folder can be left out', () => {
  const before = fingerprint(root, ['renderer'])
  write('src/renderer/App.svelte', '<p>new</p>')
  expect(fingerprint(root, ['renderer'])).toBe(before)
})

test('a page of the help counts for the window, and not for the command line', () => {
  const before = [fingerprint(root), fingerprint(root, ['docs'])]
  mkdirSync(join(root, 'docs'))
  write('docs/train.md', '# Train')
  expect(fingerprint(root)).not.toBe(before[0])
  expect(fingerprint(root, ['docs'])).toBe(before[1])
})
