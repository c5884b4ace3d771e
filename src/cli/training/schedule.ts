import { z } from 'zod'
import { LearningRateSchedule } from '../../shared/domain/training.ts'

/** `constant`, `step:5:0.5`, `cosine`, `cosine:0.1`, `plateau`, `plateau:3:0.2`. */
export const schedule = z.string().transform((text, context): LearningRateSchedule => {
  const [kind = '', ...numbers] = text.split(':')
  const [first, second] = numbers.map(Number)
  const fields = {
    constant: {},
    step: { everyEpochs: first, factor: second },
    cosine: { warmup: first },
    plateau: { patience: first, factor: second },
  }
  const own = Object.entries(fields).find(([name]) => name === kind)?.[1]
  const parsed = LearningRateSchedule.safeParse({ kind, ...own })
  const known = own === undefined ? 0 : Object.keys(own).length
  if (parsed.success && numbers.length <= known) return parsed.data
  const message =
    'constant, step:EPOCHS:FACTOR, cosine, cosine:WARMUP or plateau:EPOCHS:FACTOR is expected'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})
