import { expect, test } from 'vitest'
import type { ShippedPart } from '../../../shared/shippedPart.ts'
import { noticesOf } from './parts.ts'

const part = (name: string, ...texts: number[]): ShippedPart => ({
  ...{ name, version: '1.0.0', licence: 'MIT', purl: `pkg:npm/${name}@1.0.0`, kind: 'npm', texts },
})

test('each part has its line, and a text that two share stands once, below both', () => {
  const text = noticesOf([part('a', 0), part('b', 0, 1)], ['Licence A', 'Notice B'])
  expect(text).toMatch(/^a 1\.0\.0: MIT\nb 1\.0\.0: MIT\n/)
  expect(text.split('Licence A')).toHaveLength(2)
  expect(text).toContain('a 1.0.0, b 1.0.0\n\nLicence A')
  expect(text).toContain('\nb 1.0.0\n\nNotice B\n')
})
