/** Whether a model decides by what is no finding: films changed where no disease is, and what becomes of its decisions. */
import { z } from 'zod'
import { Interval } from './evaluation.ts'
import { PairedComparison } from './comparison.ts'
import { Refusal } from './film.ts'

/** In the order in which they are shown. Names stand in tables that people keep. */
export const ShortcutChange = z.enum([
  /** The outermost twelfth of each side is black. */
  'blank-borders',
  /** A fifth of both sides in each corner is black. */
  'blank-corners',
  /** Letters and other small bright marks near the edges are painted over. */
  'hidden-marks',
  /** Saved as a JPEG of quality 50 and read again. */
  're-encoded',
  /** Left and right are exchanged. */
  'mirrored',
])
export type ShortcutChange = z.infer<typeof ShortcutChange>

export const shortcutNames: Readonly<Record<ShortcutChange, string>> = {
  'blank-borders': 'Borders blank',
  'blank-corners': 'Corners blank',
  'hidden-marks': 'Letters and marks hidden',
  're-encoded': 'JPEG of quality 50',
  mirrored: 'Mirrored',
}

const ChangedScores = z.object({
  change: ShortcutChange,
  /** One a class. */
  probabilities: z.array(z.number()),
})

export const ChangedFilm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scored'),
    path: z.string(),
    /** Of the film as it is. */
    probabilities: z.array(z.number()),
    changed: z.array(ChangedScores),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type ChangedFilm = z.infer<typeof ChangedFilm>

/** What one change does to the decisions on a set of films. */
export const ShortcutFigures = z.object({
  change: ShortcutChange,
  films: z.int(),
  /** Films that are called otherwise, with Wilson's interval of their share. */
  flips: z.int(),
  flipsCi95: Interval,
  /** Of these: right as they are and wrong when changed, and the other way about. */
  becameWrong: z.int(),
  becameRight: z.int(),
  /** Mean distance of the probabilities, 0–1: half the sum over the classes of how far each moved. */
  meanShift: z.number(),
  /** Two classes: changed films first, as they are second; DeLong's for correlated curves. */
  auc: PairedComparison.shape.delong,
  /** 95 % interval of the change of the AUC from draws of whole patients; DeLong's takes each film as a patient of its own. */
  aucPatientsCi95: z.tuple([z.number(), z.number()]).optional(),
})
export type ShortcutFigures = z.infer<typeof ShortcutFigures>
