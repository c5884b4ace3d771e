import { expect, test } from 'vitest'
import { isPermissive, shippedParts } from './licences.mjs'
import { noticesOf } from './notices.mjs'
import { billOfMaterials } from './sbom.mjs'

const parts = shippedParts()
const program = {
  name: 'pneumoscope',
  productName: 'Pneumoscope',
  version: '1.2.3',
  description: 'A program',
  license: 'Apache-2.0',
}

test('every part that ships has a permissive licence', () => {
  expect(parts.filter(({ licence }) => !isPermissive(licence))).toEqual([])
})

test('copyleft, non-commercial and unknown licences are found, alone and in expressions', () => {
  for (const licence of [
    'GPL-3.0-only',
    'LGPL-2.1',
    'CC-BY-NC-4.0',
    'unknown',
    'MIT AND GPL-2.0',
  ]) {
    expect(isPermissive(licence)).toBe(false)
  }
  for (const licence of ['MIT', '(MIT AND Zlib)', '(GPL-2.0 OR MIT)', 'Apache-2.0 AND MIT']) {
    expect(isPermissive(licence)).toBe(true)
  }
})

test('packages, programs, weights and data are all among the parts', () => {
  const names = parts.map(({ name }) => name)
  for (const name of ['Electron', 'TensorFlow', 'Node.js', 'svelte', 'libsql', 'dcmjs', 'uplot']) {
    expect(names).toContain(name)
  }
  expect(parts.find(({ kind }) => kind === 'data').licence).toBe('CC-BY-4.0')
  expect(parts.find(({ kind }) => kind === 'model').licence).toBe('Apache-2.0')
})

test('the bill of materials names each part once and is the same each time', () => {
  const bill = billOfMaterials(program, parts)
  const refs = bill.components.map((each) => each['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  expect(bill.dependencies[0].dependsOn).toEqual(refs)
  expect(bill.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  expect(billOfMaterials(program, JSON.parse(JSON.stringify(parts)))).toEqual(bill)
  expect(bill.components.find(({ name }) => name === 'pako').licenses).toEqual([
    { expression: '(MIT AND Zlib)' },
  ])
})

test('one licence text is told once, for all whose it is', () => {
  const text = noticesOf(program, [
    { name: 'a', version: '1', licence: 'MIT', texts: ['Text'] },
    { name: 'b', version: '2', licence: 'ISC', texts: ['Text', 'Other'] },
  ])
  expect(text).toContain('a 1: MIT\nb 2: ISC\n')
  expect(text).toContain('a 1, b 2\n\nText\n')
  expect(text.match(/Text/g)).toHaveLength(1)
})
