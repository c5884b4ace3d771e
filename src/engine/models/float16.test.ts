import { expect, test } from 'vitest'
import { fromHalves, toHalves } from './float16.ts'

const halves = (...values: number[]) => [...toHalves(Float32Array.from(values))!]

test('halves are those of the tables of IEEE 754', () => {
  expect(halves(0, -0, 1, -2, 65_504, 1 / 3)).toEqual([0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x3555])
  expect(halves(2 ** -14, 2 ** -24, -(2 ** -24), 1023 * 2 ** -24)).toEqual([0x0400, 1, 0x8001, 0x3ff]) // prettier-ignore
})

test('what lies between two halves goes to the nearer one, from the middle to the even one', () => {
  expect(halves(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -11 + 2 ** -20)).toEqual([0x3c00, 0x3c02, 0x3c01]) // prettier-ignore
  expect(halves(0.5 * 2 ** -24, 1.5 * 2 ** -24, 2.5 * 2 ** -24)).toEqual([0, 2, 2])
  // Carried over into the next exponent.
  expect(halves(2 - 2 ** -12, 1023.75 * 2 ** -24)).toEqual([0x4000, 0x0400])
})

test('what no half can hold is told', () => {
  for (const value of [65_520, -70_000, Infinity, NaN])
    expect(toHalves(Float32Array.of(1, value))).toBeUndefined()
  expect(halves(65_519)).toEqual([0x7bff])
})

test('every half comes back from its number', () => {
  const all = Uint16Array.from({ length: 0x1_0000 }, (_, bits) => bits)
  const finite = all.filter((bits) => ((bits >>> 10) & 0x1f) < 0x1f)
  expect(toHalves(fromHalves(finite))).toEqual(finite)
  expect([...fromHalves(Uint16Array.of(0x7c00, 0xfc00, 0x7e00))]).toEqual([Infinity, -Infinity, NaN]) // prettier-ignore
})
