/** A network written in one line, `C: 16n 16n d¼ 32n 32n d¼ D: 16R L2`; docs/recipes.md has the grammar. */
import { z } from 'zod'
import { InputShape, ModelSpec } from './modelSpec.ts'

/** The writing, and the films and classes that the network is for. */
export const NotationOrder = z.object({
  text: z.string().max(10_000),
  input: InputShape,
  classes: z.int().min(2).max(1000),
})

export const NotationReading = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('network'),
    /** The same network in its shortest writing. */
    notation: z.string(),
    spec: ModelSpec,
  }),
  z.object({
    kind: z.literal('mistake'),
    /** In words, with what may stand there. */
    message: z.string(),
    /** Where in the text, in UTF-16 units from 0, and how much of it. */
    position: z.int(),
    length: z.int(),
  }),
])
export type NotationReading = z.output<typeof NotationReading>
