/** A training in one file, without pixels: enough to score the same films again and to tell every difference. */
import { z } from 'zod'
import { Evaluation } from './evaluation.ts'
import { ModelManifest } from './model.ts'
import { Part } from './part.ts'

export const CapsuleFilm = z.object({
  /** From the folder that all films lie in, with / between folders. */
  file: z.string(),
  class: z.string(),
  part: Part,
  patient: z.string(),
  /** Of the file's bytes, hexadecimal. */
  sha256: z.string(),
  /** One a class; of films that were watched or tested. */
  probabilities: z.array(z.number()).optional(),
})
export type CapsuleFilm = z.infer<typeof CapsuleFilm>

/** `capsule.json`: settings, seed, curves and versions are in the manifest's card. */
export const Capsule = z.object({
  format: z.literal('pneumoscope-capsule'),
  version: z.literal(1),
  /** ISO 8601. */
  createdAt: z.string(),
  manifest: ModelManifest,
  films: z.array(CapsuleFilm),
  /** From the probabilities above, at the model's threshold. */
  validation: Evaluation.nullable(),
  test: Evaluation.nullable(),
  software: z.record(z.string(), z.string()),
})
export type Capsule = z.output<typeof Capsule>

export const CapsuleDifference = z.discriminatedUnion('kind', [
  /** A film of the capsule that is not there. */
  z.object({ kind: z.literal('missing'), file: z.string() }),
  /** A film with other bytes. */
  z.object({ kind: z.literal('changed'), file: z.string() }),
  /** A film that cannot be read. */
  z.object({ kind: z.literal('refused'), file: z.string(), reason: z.string() }),
  /** A film whose largest difference of a probability is beyond the tolerance. */
  z.object({
    kind: z.literal('score'),
    file: z.string(),
    expected: z.array(z.number()),
    found: z.array(z.number()),
  }),
  /** A figure on all films of a part. */
  z.object({
    kind: z.literal('figure'),
    part: Part,
    figure: z.string(),
    expected: z.number().nullable(),
    found: z.number().nullable(),
  }),
])
export type CapsuleDifference = z.infer<typeof CapsuleDifference>

export const Verification = z.object({
  model: z.string(),
  films: z.int(),
  /** Films that were scored again. */
  scored: z.int(),
  differences: z.array(CapsuleDifference),
  /** Of any probability; 0 where every score came out the same to the last bit. */
  largestDifference: z.number(),
})
export type Verification = z.infer<typeof Verification>
