/** A sweep as it is read from its text: a plan, or what is wrong and where. */
import { z } from 'zod'
import { TextPlace } from '../textPlace.ts'
import { PlannedSweep, SweepConfiguration } from './sweep.ts'

export const SweepMistake = z.object({
  kind: z.literal('mistake'),
  /** In words, with the line where it is known. */
  message: z.string(),
  place: TextPlace.optional(),
  /** Which option: `grid.dropout.0`. */
  option: z.string().optional(),
})
export type SweepMistake = z.output<typeof SweepMistake>

export const SweepReading = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plan'),
    planned: PlannedSweep,
    /** By configuration: multiply-accumulate operations of one film forward. */
    macs: z.array(z.number()),
  }),
  SweepMistake,
])
export type SweepReading = z.output<typeof SweepReading>

/** What a sweep would train, shown while it is written. */
export const SweepPreview = z.object({
  kind: z.literal('preview'),
  name: z.string(),
  configurations: z.array(
    SweepConfiguration.pick({
      ...{ number: true, name: true, priority: true, differs: true, params: true },
    }).extend({
      /** One for each seed and fold. */
      trainings: z.int(),
      /** Of each training. */
      epochs: z.int(),
    }),
  ),
  trainings: z.int(),
  /** Rounds of successive halving: how many configurations go on, and to which epoch. */
  rounds: z.array(z.object({ configurations: z.int(), untilEpoch: z.int() })),
  /** How long all trainings take, reckoned from an earlier one; left out where there is none. */
  estimate: z.object({ seconds: z.number(), measuredOn: z.string() }).optional(),
})
export type SweepPreview = z.output<typeof SweepPreview>
