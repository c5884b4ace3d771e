import { expect, test } from 'vitest'
import { Augmentation } from '../../shared/domain/training.ts'
import { parseArguments, read } from '../parse.ts'
import { train } from '../verbs/train.ts'
import { augmentationWith } from './augmentation.ts'
import { TrainOptions } from './options.ts'

const options = (...words: string[]) =>
  read(TrainOptions, parseArguments(train, ['--data', 'films', ...words]))

const preset = Augmentation.parse({ flipHorizontal: true, zoom: 0.2, rotationRange: [0.1, 1.3] })

test('augmentation is what the preset does, with the options on top', () => {
  const words = [
    '--flip-vertical',
    '--zoom',
    '0.1',
    '--rotation-range=-0.1,0.1',
    '--fill',
    'reflect',
  ]
  expect(augmentationWith(preset, options(...words))).toEqual(
    Augmentation.parse({
      ...{ flipHorizontal: true, flipVertical: true, zoom: 0.1 },
      ...{ rotationRange: [-0.1, 0.1], fill: 'reflect' },
    }),
  )
  expect(augmentationWith(preset, options())).toEqual(preset)
})

test('an angle takes the place of the range that a preset has', () => {
  expect(augmentationWith(preset, options('--rotation', '10'))).toEqual(
    Augmentation.parse({ flipHorizontal: true, zoom: 0.2, rotation: 10 }),
  )
})

test('the preset’s augmentation is left out where it is not wanted', () => {
  const words = ['--no-augmentation', '--shear', '0.2', '--noise', '0.05']
  expect(augmentationWith(preset, options(...words))).toEqual(
    Augmentation.parse({ shear: 0.2, noise: 0.05 }),
  )
})

test('a schedule is written with its numbers', () => {
  expect(options('--schedule', 'cosine').schedule).toEqual({ kind: 'cosine', warmup: 0.1 })
  expect(options('--schedule', 'step:5:0.5').schedule).toEqual({ kind: 'step', everyEpochs: 5, factor: 0.5 }) // prettier-ignore
  expect(options('--learning-rate', '1e-4')['learning-rate']).toBe(0.0001)
})

test.each([
  [['--zoom', '2'], '--zoom 2: a number from 0 to 0.9'],
  [['--rotation-range', '0.1'], '--rotation-range 0.1: two angles'],
  [['--rotation-range', '1.3,0.1'], '--rotation-range 1.3,0.1: the first is at most'],
  [['--fill', 'white'], '--fill white'],
  [['--schedule', 'step'], '--schedule step: constant, step:EPOCHS:FACTOR'],
  [['--schedule', 'cosine:0.1:2'], '--schedule cosine:0.1:2'],
  [['--learning-rate', '0'], '--learning-rate 0: a number above 0'],
  [['--fold', 'two'], '--fold two: a fold such as 2/5'],
])('%j is refused with its name', (words, reason) => {
  expect(() => options(...words)).toThrow(reason)
})
