import { expect, test } from 'vitest'
import { isInstalled } from './lockStamp.mjs'

const left = { version: '1.0.0', integrity: 'sha512-left' }
const binary = { version: '2.0.0', integrity: 'sha512-binary', optional: true }
const lock = { packages: { '': {}, 'node_modules/left': left, 'node_modules/binary': binary } }

test('an installation that is what the lock file asks for is kept', () => {
  const hidden = { packages: { 'node_modules/left': left, 'node_modules/binary': binary } }
  expect(isInstalled(lock, hidden)).toBe(true)
})

test('optional packages may be missing, since most are for other platforms', () => {
  expect(isInstalled(lock, { packages: { 'node_modules/left': left } })).toBe(true)
  expect(isInstalled(lock, { packages: { 'node_modules/binary': binary } })).toBe(false)
})

test('another version, another content or a package too many is not what the lock file asks for', () => {
  const newer = { ...left, version: '1.0.1' }
  const tampered = { ...left, integrity: 'sha512-other' }
  const extra = { 'node_modules/left': left, 'node_modules/right': left }
  expect(isInstalled(lock, { packages: { 'node_modules/left': newer } })).toBe(false)
  expect(isInstalled(lock, { packages: { 'node_modules/left': tampered } })).toBe(false)
  expect(isInstalled(lock, { packages: extra })).toBe(false)
})
