/** What films were found to be, what that makes of a data set, and what a person decided of it. */
import { z } from 'zod'
import { ImageRow } from './dataset.ts'
import { OutsideReason } from './envelope.ts'
import { Refusal } from './film.ts'
import { FindingKind } from './findingKind.ts'

const share = z.number().min(0).max(1)

/** A rectangle in shares of the film's sides, from its left and upper edge. */
export const Box = z.object({ left: share, top: share, right: share, bottom: share })
export type Box = z.infer<typeof Box>

/** Of one film, from its pixels alone. Greys are 0–1 of the film's effective depth. */
export const QualityFacts = z.object({
  rows: z.int(),
  columns: z.int(),
  /** As the file has them, and as many of them as its values need. */
  bitsStored: z.int(),
  bitsUsed: z.int(),
  mean: share,
  /** Standard deviation within the exposed box. */
  contrast: share,
  /** Share of the exposed box at the lowest and at the highest value of the depth. */
  clippedBlack: share,
  clippedWhite: share,
  /** Lines of one grey at each edge, in shares of the film's sides. */
  borders: z.object({ left: share, top: share, right: share, bottom: share }),
  /** What is left without the dark or bright margins that hold next to nothing. */
  exposed: Box,
  /** Natural logarithm of the variance of the Laplacian over that of the greys; undefined for a film of one grey. */
  sharpness: z.number().optional(),
  /** Signs in the longest line of writing that was found; a side marker alone is no line. */
  letters: z.int(),
  /** 256 bits, hexadecimal; undefined for a film of one grey. See `engine/quality/perceptualHash.ts`. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** By the bundled model's mean film; undefined without that model. */
  polarity: z.enum(['positive', 'negative', 'unclear']).optional(),
  /** Why the film may be none of those that the bundled model was made for. */
  outside: z.array(OutsideReason),
})
export type QualityFacts = z.infer<typeof QualityFacts>

export const Severity = z.enum(['high', 'medium', 'low'])
export type Severity = z.infer<typeof Severity>

export const Decision = z.enum(['keep', 'exclude', 'relabel', 'no-issue'])
export type Decision = z.infer<typeof Decision>

/** A film of a finding, with what a person decided of it there. */
export const FoundFilm = z.object({ image: ImageRow, decision: Decision.optional() })
export type FoundFilm = z.infer<typeof FoundFilm>

export const Finding = z.object({
  id: z.string(),
  kind: FindingKind,
  severity: Severity,
  /** What speaks for it, in words with figures. */
  detail: z.string(),
  /** The class that other films speak for, of a suspicious label. */
  suggested: z.string().optional(),
  films: z.array(FoundFilm),
})
export type Finding = z.infer<typeof Finding>

/** How a check went; kept with its findings. */
export const CheckSummary = z.object({
  films: z.int(),
  /** Films whose facts were known already, by content. */
  known: z.int(),
  /** Films that could not be read. */
  unreadable: z.int(),
  /** Why features, and what hangs on them, were left out; absent where they were not. */
  withoutFeatures: z.string().optional(),
  /** Why no labels were looked at; absent where they were. */
  withoutLabels: z.string().optional(),
  /** Of the labels: how many folds, and how often they and the prediction agree. */
  labels: z.object({ films: z.int(), folds: z.int(), agreement: share }).optional(),
})
export type CheckSummary = z.infer<typeof CheckSummary>

export const KindCount = z.object({
  kind: FindingKind,
  findings: z.int(),
  /** Films in them, each counted once. */
  films: z.int(),
  /** Findings with a film that nobody has decided on. */
  open: z.int(),
  /** The gravest of them. */
  severity: Severity,
})
export type KindCount = z.infer<typeof KindCount>

/** What the last check of a data set found. */
export const Quality = z.object({
  /** ISO 8601. */
  checkedAt: z.string(),
  summary: CheckSummary,
  /** Only kinds with findings, in the order of `FindingKind`. */
  kinds: z.array(KindCount),
  excluded: z.int(),
})
export type Quality = z.infer<typeof Quality>

/** One film as the engine measured it. */
export const MeasuredFilm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measured'),
    path: z.string(),
    facts: QualityFacts,
    /** Pooled features of the model, at most 256; absent without a model. */
    features: z.instanceof(Float32Array).optional(),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type MeasuredFilm = z.infer<typeof MeasuredFilm>
