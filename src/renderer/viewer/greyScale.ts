/** From real values to greys: the VOI functions of PS3.3 C.11.2.1, each about a centre and over a width. */
import type { VoiSetting } from '../../shared/domain/filmPixels.ts'

export interface GreyTable {
  /** 0 to 2^bits − 1, spread evenly over the width. */
  readonly entries: readonly number[]
  readonly bits: number
}

export interface GreyScale {
  readonly shape: 'linear' | 'linear-exact' | 'sigmoid' | 'table'
  readonly centre: number
  /** Above 0. */
  readonly width: number
  /** With the shape `table` alone. */
  readonly table?: GreyTable
}

/** The scale that a file names; a table reaches from its first to its last entry. */
export function scaleOfSetting(setting: VoiSetting): GreyScale {
  if (setting.kind === 'window') {
    const { shape, centre, width } = setting
    return { shape, centre, width: Math.max(width, Number.MIN_VALUE) }
  }
  const { first, entries, bits } = setting
  const width = Math.max(1, entries.length - 1)
  return { shape: 'table', centre: first + width / 2, width, table: { entries, bits } }
}

/** From the darkest value told apart from black to the first white one. */
export interface Edges {
  readonly low: number
  readonly high: number
}

/** LINEAR counts its width in steps between whole numbers (C.11.2.1.2.1): one less, about half a step lower. */
export function edgesOf({ shape, centre, width }: GreyScale): Edges {
  if (shape !== 'linear') return { low: centre - width / 2, high: centre + width / 2 }
  const reach = Math.max(width - 1, 0) / 2
  return { low: centre - 0.5 - reach, high: centre - 0.5 + reach }
}

/** The grey of a real value, 0 (black) to 1 (white). Made once for a scale and called for many values. */
export function greyOf(scale: GreyScale): (value: number) => number {
  const { shape, centre, width, table } = scale
  if (shape === 'sigmoid') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width))
  const { low, high } = edgesOf(scale)
  if (shape === 'table' && table) {
    const last = table.entries.length - 1
    const white = 2 ** table.bits - 1
    return (value) => {
      const index = Math.round(((value - low) / (high - low)) * last)
      return table.entries[Math.min(Math.max(index, 0), last)]! / white
    }
  }
  // A window of one step is a threshold: what is above the edge is white.
  if (high === low) return (value) => (value > high ? 1 : 0)
  return (value) => Math.min(Math.max((value - low) / (high - low), 0), 1)
}
