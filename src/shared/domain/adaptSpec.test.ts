import { expect, test } from 'vitest'
import { adaptSpec } from './adaptSpec.ts'
import { ModelSpec } from './modelSpec.ts'

const two = ModelSpec.parse({
  name: 'two',
  input: { height: 8, width: 8, channels: 1 },
  classes: 2,
  layers: [{ type: 'flatten' }, { type: 'dense', units: 1, activation: 'sigmoid' }],
  loss: { kind: 'binaryCrossentropy', labelSmoothing: 0.1 },
  optimiser: { kind: 'adam' },
})

test('three classes end in a softmax of three; going back to two gives the first network', () => {
  const three = adaptSpec(two, { classes: 3 })
  expect(three.layers.at(-1)).toMatchObject({ units: 3, activation: 'softmax' })
  expect(three.loss).toEqual({ kind: 'categoricalCrossentropy', labelSmoothing: 0.1 })
  expect(adaptSpec(three, { classes: 2 })).toEqual(two)
})

test('another input changes nothing else', () => {
  const input = { height: 16, width: 32, channels: 3 } as const
  expect(adaptSpec(two, { input })).toEqual({ ...two, input })
})

test('a network without a dense end is refused by name', () => {
  const pooled = { ...two, layers: two.layers.slice(0, 1) }
  expect(() => adaptSpec(pooled, { classes: 3 })).toThrow('two does not end in a dense layer')
})
