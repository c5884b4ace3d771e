import { expect, test } from 'vitest'
import { delimited, float, integer, message } from './protobuf.ts'

test("numbers and texts are encoded as in the format's own examples", () => {
  // protobuf.dev/programming-guides/encoding: field 1 = 150, field 2 = "testing".
  expect(integer(1, 150).toString('hex')).toBe('089601')
  expect(delimited(2, 'testing').toString('hex')).toBe('120774657374696e67')
})

test('a negative number takes ten bytes, as −2 there', () => {
  expect(integer(1, -2).toString('hex')).toBe('08feffffffffffffffff01')
})

test('floats are little-endian, and messages nest', () => {
  expect(float(4, 1).toString('hex')).toBe('250000803f')
  expect(delimited(3, message(integer(1, 150))).toString('hex')).toBe('1a03089601')
})
