import { sep } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageFile } from './pageFile.ts'

const root = '/program/renderer'

test('an address names a file of the page', () => {
  expect(pageFile(root, 'app://pneumoscope/')).toBe('/program/renderer/index.html')
  expect(pageFile(root, 'app://pneumoscope/assets/a.js?x#y')).toBe('/program/renderer/assets/a.js')
})

test('no address leads out of the page', () => {
  const hostile = [
    '..%2f..%2fetc/passwd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cwindows',
    'a/..%2f..%2frenderer-of-another/x',
    '%00',
    '%',
    '/etc/passwd%00.js',
  ]
  for (const path of hostile) {
    expect(pageFile(root, `app://pneumoscope/${path}`) ?? `${root}${sep}`).toMatch(
      /^\/program\/renderer\//,
    )
  }
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('..', '.', '%2e', '%2f', '/', 'a', '%5c', '%00')),
      (parts) => {
        const file = pageFile(root, `app://pneumoscope/${parts.join('')}`)
        expect(file === undefined || file.startsWith(root + sep)).toBe(true)
      },
    ),
  )
})
