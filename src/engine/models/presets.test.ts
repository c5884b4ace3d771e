import { expect, test } from 'vitest'
import { recipeNamed, recipes } from './presets.ts'
import { summarise } from './summary.ts'

test('every preset has the number of parameters that its source publishes', () => {
  const params = recipes.map(({ name, spec }) => [name, summarise(spec, 32).totalParams])
  expect(Object.fromEntries(params)).toMatchObject({
    'pneumonia-vgg-lite': 11_169_089,
    'pneumonia-baseline': 40_961_153,
    digits: 93_322,
  })
})

test('the layers of pneumonia-vgg-lite hold what the tutorial prints', () => {
  const { layers } = summarise(recipeNamed('pneumonia-vgg-lite').spec, 32)
  expect(layers.map(({ params }) => params).filter((params) => params > 0)).toEqual([
    896, 18_496, 73_856, 11_075_712, 129,
  ])
})

test('digits is tested with the network of its last epoch, as its tutorial does', () => {
  expect(recipeNamed('digits').settings).toMatchObject({ keep: 'last', epochs: 20, batchSize: 64 })
})

test('an unknown preset is refused with the names of the known ones', () => {
  expect(() => recipeNamed('vgg')).toThrow(/no preset vgg; there are .*digits/)
})
