import type { NumberRule } from '../../../components/numberRule.ts'
import { Augmentation } from '../../../../shared/domain/training.ts'

const degrees = { min: -2, max: 2, scale: 360, step: 1, unit: '°', optional: true } as const

/** Stored in turns, shown in degrees. */
export const rotationRangeRules: readonly [NumberRule, NumberRule] = [
  {
    label: 'Or from',
    hint: 'Turned by an angle between these two, counter-clockwise, in place of the rotation above.',
    ...degrees,
  },
  { label: 'to', hint: 'The largest of the angles, counter-clockwise.', ...degrees },
]

/** Two angles as a range; undefined, which is off, while one is missing or they are the wrong way round. */
export const rangeOf = (
  ends: readonly [number | undefined, number | undefined],
): Augmentation['rotationRange'] => Augmentation.shape.rotationRange.safeParse(ends).data
