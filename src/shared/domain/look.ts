/** Looks inside a network: what its layers make of a film, what they hold, what excites them. */
import { z } from 'zod'

/** Channels of a layer that one look shows, from `first` on. */
export const channelsAtOnce = 32

const layer = z.string().min(1).max(100)
const first = z.int().min(0).default(0)

/** What is asked of a layer, beside the film of a feature map. */
export const LayerLook = z.discriminatedUnion('kind', [
  /** What each channel of the layer makes of a film. */
  z.object({ kind: z.literal('maps'), layer, first }),
  /** The kernels of a convolution. */
  z.object({ kind: z.literal('filters'), layer, first }),
  /**
   * For each channel a picture that excites it most, by gradient ascent from noise (Erhan et al., «Visualizing
   * higher-layer features of a deep network», 2009).
   */
  z.object({ kind: z.literal('maximise'), layer, first, seed: z.int().min(0).default(1) }),
])
export type LayerLook = z.output<typeof LayerLook>
