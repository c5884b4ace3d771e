import { z } from 'zod'

/** How often figures of one version's test films were made: each look lets a person choose by them. */
export const TestLooks = z.object({
  /** Of the one model. */
  byModel: z.int(),
  /** Of all models. */
  byAll: z.int(),
  models: z.int(),
})
export type TestLooks = z.output<typeof TestLooks>

/** «looked at 3 times with this model, 8 times with 4 models in all». */
export function looksInWords({ byModel, byAll, models }: TestLooks): string {
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
  const all = models > 1 ? `, ${times(byAll)} with ${models} models in all` : ''
  return byModel === 0 ? 'not looked at' : `looked at ${times(byModel)} with this model${all}`
}
