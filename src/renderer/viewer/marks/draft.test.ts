import { expect, test } from 'vitest'
import { inMiddle, isComplete, pointedAt, pointsOf, pressed, released } from './draft.ts'

const [a, b, c, d] = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 10 },
  { x: 0, y: 10 },
]

test('a length is one drag, or two clicks', () => {
  const begun = pressed(undefined, 'length', a)
  expect(isComplete(begun)).toBe(false)
  const dragged = released(pointedAt(begun, b), b, true)
  expect(isComplete(dragged)).toBe(true)
  const clicked = pressed(pointedAt(released(begun, a, false), b), 'length', b)
  expect(pointsOf(clicked)).toEqual(pointsOf(dragged))
  expect(pointsOf(dragged)).toEqual([a, b])
})

test('an angle’s second arm follows the pointer after the first was dragged', () => {
  const arm = released(pointedAt(pressed(undefined, 'angle', a), b), b, true)
  const second = pointedAt(arm, c)
  expect(pointsOf(second)).toEqual([a, b, c])
  expect(isComplete(second)).toBe(false)
  expect(isComplete(pressed(second, 'angle', c))).toBe(true)
})

test('a ratio is two lines apart from each other', () => {
  const heart = released(pointedAt(pressed(undefined, 'ratio', a), b), b, true)
  expect(pointsOf(pointedAt(heart, d))).toEqual([a, b])
  const chest = released(pointedAt(pressed(heart, 'ratio', c), d), d, true)
  expect(isComplete(chest)).toBe(true)
  expect(pointsOf(chest)).toEqual([a, b, c, d])
})

test('a mark can be put in the middle of the film', () => {
  expect(inMiddle('length', c, 5)).toEqual([
    { x: 5, y: 10 },
    { x: 15, y: 10 },
  ])
  const kinds = ['length', 'angle', 'ratio', 'rectangle', 'arrow'] as const
  expect(kinds.map((kind) => inMiddle(kind, c, 5).length)).toEqual([2, 3, 4, 2, 2])
})
