/** What a reader draws on a film. Points are film pixels from the top left corner, so that they outlive any view. */
import { z } from 'zod'

export const MarkPoint = z.object({ x: z.number(), y: z.number() })
export type MarkPoint = z.infer<typeof MarkPoint>

export const MarkKind = z.enum(['length', 'angle', 'ratio', 'rectangle', 'arrow'])
export type MarkKind = z.infer<typeof MarkKind>

export const Mark = z.object({
  id: z.string().min(1).max(100),
  kind: MarkKind,
  /** From 1: the frame of a film of several that it was drawn on. */
  frame: z.int().min(1),
  /**
   * Length: its ends. Angle: an end, the corner, the other end. Ratio: the ends of the heart's width, then of the
   * chest's. Rectangle: two opposite corners. Arrow: its tip, then its tail.
   */
  points: z.array(MarkPoint).min(2).max(4),
  label: z.string().max(200),
})
export type Mark = z.infer<typeof Mark>

/** How many points a mark of each kind has. */
export const pointCounts: Readonly<Record<MarkKind, number>> = {
  ...{ length: 2, angle: 3, ratio: 4, rectangle: 2, arrow: 2 },
}

/**
 * Millimetres between pixel centres, and where they were measured. At the detector, a projected length is larger than the
 * real one; `magnification` is the factor that a file estimates for it, by which the spacing is divided already.
 */
export const PixelSpacing = z.object({
  row: z.number().positive(),
  column: z.number().positive(),
  source: z.enum(['detector', 'magnification', 'calibrated']),
  magnification: z.number().positive().optional(),
})

/** What lengths on a film are measured with; without spacing they stay pixels, as wide as the film's own. */
export const Ruler = z.object({
  spacing: PixelSpacing.optional(),
  /** Height of a pixel by its width. */
  aspect: z.number().positive(),
})
export type Ruler = z.infer<typeof Ruler>

/** All marks of a film, as they are kept. */
export const FilmMarks = z.object({ marks: z.array(Mark).max(1000), ruler: Ruler })
export type FilmMarks = z.infer<typeof FilmMarks>
