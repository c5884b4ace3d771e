import { expect, test } from 'vitest'
import { Augmentation } from '../../../../shared/domain/training.ts'
import { describeAugmentation, describeSchedule } from './settingsFacts.ts'

test('augmentation is told in the units of its fields, and only what is on', () => {
  const augmentation = Augmentation.parse({ flipHorizontal: true, zoom: 0.2, rotation: 15 })
  expect(describeAugmentation(augmentation)).toBe(
    'mirrored left and right, rotation ± 15°, zoom ± 20 %',
  )
  expect(describeAugmentation(Augmentation.parse({}))).toBe('none')
  const turned = Augmentation.parse({ rotationRange: [0.1, 1.3] })
  expect(describeAugmentation(turned)).toBe('rotation 36° to 468°')
})

test('shear is told in degrees', () => {
  const augmentation = Augmentation.parse({ shear: (0.2 * Math.PI) / 180 })
  expect(describeAugmentation(augmentation)).toBe('shear ± 0.2°')
})

test('a schedule is told in words', () => {
  expect(describeSchedule({ kind: 'step', everyEpochs: 5, factor: 0.5 })).toBe(
    '× 0.5 after every 5 epochs',
  )
})
