/** Two models on the same films. */
import { z } from 'zod'

const share = z.number().min(0).max(1)

export const PairedComparison = z.object({
  n: z.int(),
  /** DeLong's test; undefined with fewer than two films of either kind. */
  delong: z
    .object({
      firstAuc: share,
      secondAuc: share,
      /** First − second, with its 95 % interval. */
      difference: z.number(),
      ci95: z.tuple([z.number(), z.number()]),
      p: share,
    })
    .optional(),
  /** McNemar's exact test on the films that one model alone decided rightly. */
  mcnemar: z.object({ onlyFirst: z.int(), onlySecond: z.int(), p: share }),
})
export type PairedComparison = z.infer<typeof PairedComparison>
