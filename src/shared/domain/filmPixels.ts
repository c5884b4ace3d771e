/**
 * A film as a viewer draws it: stored samples and what makes greys of them, in DICOM's order (PS3.3 C.11, C.12):
 * stored value → Modality (slope, intercept) → VOI (window or table) → polarity.
 */
import { z } from 'zod'
import { PixelSpacing } from './mark.ts'

/** The smallest look at the largest film is some hundred pixels wide. */
export const mostHalvings = 6

/** Where a film is seen, pixels of the screen. */
export const PaneSize = z.object({
  width: z.number().positive().max(100_000),
  height: z.number().positive().max(100_000),
})
export type PaneSize = z.infer<typeof PaneSize>

const SampleType = z.enum(['uint8', 'uint16', 'int16', 'float32'])

/**
 * One way to make greys of real values. A window has its centre and width in real values; `shape` names the
 * function of PS3.3 C.11.2.1: LINEAR, LINEAR_EXACT or SIGMOID. A table gives `entries` (0 to 2^bits − 1) for the
 * real values `first`, `first + 1` …; values below and above take the first and the last entry.
 */
const VoiSetting = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('window'),
    label: z.string(),
    centre: z.number(),
    width: z.number(),
    shape: z.enum(['linear', 'linear-exact', 'sigmoid']),
  }),
  z.object({
    kind: z.literal('table'),
    label: z.string(),
    first: z.int(),
    bits: z.int().min(1).max(16),
    entries: z.array(z.int()).min(1).max(65_536),
  }),
])

export type VoiSetting = z.infer<typeof VoiSetting>

/** Where a drawing lies that the file brings along: over the film's pixels from `top` and `left` on, which may be negative. */
const OverlayPlace = z.object({
  label: z.string(),
  rows: z.int().min(1),
  columns: z.int().min(1),
  top: z.int(),
  left: z.int(),
})
export type OverlayPlace = z.infer<typeof OverlayPlace>

/** Everything but the samples themselves. */
export const FilmDescription = z.object({
  rows: z.int().min(1),
  columns: z.int().min(1),
  /** 3: red, green, blue side by side; window and polarity do not apply to colour. */
  samplesPerPixel: z.union([z.literal(1), z.literal(3)]),
  sampleType: SampleType,
  /** Real value = slope × sample + intercept. The slope may be negative, never 0. */
  slope: z.number(),
  intercept: z.number(),
  /** What real values measure, as the file names it: HU, OD, US (unspecified) … */
  unit: z.string().optional(),
  /** Lowest and highest real value of this frame, padding left out. */
  minimum: z.number(),
  maximum: z.number(),
  /** Samples (not real values) from `from` to `to` are no part of the film; show them black. */
  padding: z.object({ from: z.number(), to: z.number() }).optional(),
  /**
   * How often the samples that come are halved, each the mean of two by two: enough for a film that is seen small. Rows,
   * columns and all figures are those of the film itself. 0 when left out.
   */
  halvings: z.int().min(0).max(mostHalvings).optional(),
  /** At least one; the first is how the file wants to be shown. */
  windows: z.array(VoiSetting).min(1),
  /** The file's own first window would make all of the film one grey, so another one, or the film's range, comes first. */
  windowMissed: z.boolean().optional(),
  /** Low real values are shown bright: white and black are exchanged after the window. */
  inverted: z.boolean(),
  pixelSpacing: PixelSpacing.optional(),
  /** Height of a pixel by its width; 1 when left out. */
  aspect: z.number().optional(),
  /** How many the file holds, and which this is, from 1. */
  frames: z.int().min(1),
  frame: z.int().min(1),
  /** Drawings of the file (DICOM overlay planes); their bits follow the samples, plane after plane. */
  overlays: z.array(OverlayPlace).max(16).optional(),
  /** Drawings that the file names but whose bits are not there. */
  overlaysMissed: z.int().optional(),
})
export type FilmDescription = z.infer<typeof FilmDescription>

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

export const FilmPixels = FilmDescription.extend({
  /** Little-endian, row by row from the top left. */
  samples: Bytes,
  /** One bit a pixel, row by row without gaps, the lowest bit of a byte first; each plane begins with a byte. */
  overlayBits: Bytes.optional(),
})
export type FilmPixels = z.infer<typeof FilmPixels>
