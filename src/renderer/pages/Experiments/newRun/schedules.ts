import type { NumberRule } from '../../../components/numberRule.ts'
import { LearningRateSchedule } from '../../../../shared/domain/training.ts'

type Kind = LearningRateSchedule['kind']

export const scheduleWords: Readonly<Record<Kind, string>> = {
  constant: 'Constant',
  step: 'Steps',
  cosine: 'Warm-up, then cosine',
  plateau: 'Lower on a plateau',
}

const starts: Readonly<Record<Kind, LearningRateSchedule>> = {
  constant: { kind: 'constant' },
  step: { kind: 'step', everyEpochs: 5, factor: 0.5 },
  cosine: { kind: 'cosine', warmup: 0.1 },
  plateau: { kind: 'plateau', patience: 3, factor: 0.2 },
}

/** A schedule of that kind with usual numbers; undefined for a kind there is not. */
export const scheduleOfKind = (kind: string): LearningRateSchedule | undefined =>
  Object.values(starts).find((schedule) => schedule.kind === kind)

const rules: Readonly<Record<string, NumberRule>> = {
  everyEpochs: {
    label: 'Every',
    hint: 'The learning rate is multiplied by the factor after so many epochs.',
    ...{ min: 1, max: 10_000, step: 1, whole: true, unit: 'epochs' },
  },
  patience: {
    label: 'After',
    hint: 'Epochs without a lower validation loss before the learning rate is lowered.',
    ...{ min: 1, max: 10_000, step: 1, whole: true, unit: 'epochs' },
  },
  factor: {
    label: 'Factor',
    hint: 'What the learning rate is multiplied by.',
    ...{ min: 0.001, max: 1, step: 0.05 },
  },
  warmup: {
    label: 'Warm-up',
    hint: 'Share of all steps over which the learning rate rises to its full value.',
    ...{ min: 0, max: 0.9, unit: '%', scale: 100, step: 1 },
  },
}

export interface ScheduleField {
  readonly key: string
  readonly rule: NumberRule
  readonly value: number
}

/** The numbers that a schedule of this kind has. */
export const scheduleFields = (schedule: LearningRateSchedule): ScheduleField[] =>
  Object.entries(schedule).flatMap(([key, value]: [string, unknown]) => {
    const rule = rules[key]
    return rule && typeof value === 'number' ? [{ key, rule, value }] : []
  })

/** The schedule with one number changed; as it was when the number cannot be taken. */
export const withField = (
  schedule: LearningRateSchedule,
  key: string,
  value: number,
): LearningRateSchedule =>
  LearningRateSchedule.safeParse({ ...schedule, [key]: value }).data ?? schedule
