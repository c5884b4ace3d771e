import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { libraryPath, type Surroundings } from './libraryFolder.ts'

const linux = (env: Surroundings['env']): Surroundings => ({ platform: 'linux', env, home: '/h' })

test('the option goes before the variable, and both before the place of the platform', () => {
  expect(libraryPath('/a', linux({ PNEUMOSCOPE_LIBRARY: '/b' }))).toBe(resolve('/a'))
  expect(libraryPath(undefined, linux({ PNEUMOSCOPE_LIBRARY: '/b' }))).toBe(resolve('/b'))
  expect(libraryPath(undefined, linux({}))).toBe(join('/h', '.config', 'Pneumoscope'))
  expect(libraryPath(undefined, linux({ XDG_CONFIG_HOME: '/x' }))).toBe(join('/x', 'Pneumoscope'))
  expect(libraryPath(undefined, linux({ XDG_CONFIG_HOME: 'relative' }))).toBe(
    join('/h', '.config', 'Pneumoscope'),
  )
})

test('each platform has its own place', () => {
  expect(libraryPath(undefined, { platform: 'darwin', env: {}, home: '/h' })).toBe(
    join('/h', 'Library', 'Application Support', 'Pneumoscope'),
  )
  expect(libraryPath(undefined, { platform: 'win32', env: { APPDATA: '/d' }, home: '/h' })).toBe(
    join('/d', 'Pneumoscope'),
  )
})
