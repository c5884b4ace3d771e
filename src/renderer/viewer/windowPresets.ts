/** What the number keys choose. Radiographs have no common unit, so all but the file's own are shares of the film. */
import { finestWidth, type Film } from './film.ts'
import { edgesOf, scaleOfSetting, type Edges, type GreyScale } from './greyScale.ts'
import { histogramOf, percentile } from './histogram.ts'

/** A number is the place among the windows that the file itself names, from 0. */
export type WindowPreset = number | 'auto' | 'lung' | 'mediastinum' | 'full'

/**
 * Shares of the film's pixels, from black to white as it is seen. Aerated lung is the dark half of a chest film,
 * bone and mediastinum the bright one; the last per cent at either end is collimator and burned-in letters.
 */
const shares = {
  auto: [0.01, 0.99],
  lung: [0.01, 0.7],
  mediastinum: [0.4, 0.995],
} as const

/** The scale of a preset; where the file names no window of that number, its first one. */
export function presetScale(film: Film, preset: WindowPreset): GreyScale {
  if (typeof preset === 'number') {
    const { windows } = film.description
    return scaleOfSetting(windows[preset] ?? windows[0]!)
  }
  if (preset === 'full') return between(film, { low: film.minimum, high: film.maximum })
  const [dark, bright] = shares[preset]
  const histogram = histogramOf(film)
  // In an inverted film the brightest pixels have the lowest values.
  const [low, high] = film.inverted ? [1 - bright, 1 - dark] : [dark, bright]
  return between(film, { low: percentile(histogram, low), high: percentile(histogram, high) })
}

const between = (film: Film, { low, high }: Edges): GreyScale => ({
  shape: 'linear-exact',
  centre: (low + high) / 2,
  width: Math.max(finestWidth(film), high - low),
})

/** A preset, moved and stretched: film for film another scale, so that linked films can share it. */
export interface Grey {
  readonly preset: WindowPreset
  /** How far the centre lies from the preset's, in widths of the preset. */
  readonly shift: number
  /** Width by the width of the preset. */
  readonly stretch: number
}

export const unchanged = (preset: WindowPreset): Grey => ({ preset, shift: 0, stretch: 1 })

export function scaleOfGrey(film: Film, { preset, shift, stretch }: Grey): GreyScale {
  const base = presetScale(film, preset)
  return { ...base, centre: base.centre + shift * base.width, width: base.width * stretch }
}

/** Moves the centre and widens the window by real values; never narrower than the film tells values apart. */
export function moved(
  film: Film,
  grey: Grey,
  by: { readonly centre: number; readonly width: number },
): Grey {
  const base = presetScale(film, grey.preset)
  const width = Math.max(finestWidth(film), base.width * grey.stretch + by.width)
  return {
    preset: grey.preset,
    shift: grey.shift + by.centre / base.width,
    stretch: width / base.width,
  }
}

/** A linear window from `low` to `high`, in either order. */
export function withEdges(film: Film, { low, high }: Edges): Grey {
  const base = presetScale(film, 'full')
  const width = Math.max(finestWidth(film), Math.abs(high - low))
  return {
    preset: 'full',
    shift: ((low + high) / 2 - base.centre) / base.width,
    stretch: width / base.width,
  }
}

export const edgesOfGrey = (film: Film, grey: Grey): Edges => edgesOf(scaleOfGrey(film, grey))

/** What a person calls it: «Lung», «BONE»; undefined for the only window of a file that gives it no name. */
export function presetLabel(film: Film, preset: WindowPreset): string | undefined {
  if (typeof preset === 'string') return presetNames[preset]
  const { windows } = film.description
  const label = windows[preset]?.label ?? ''
  if (label !== '') return label
  return windows.length > 1 ? `Window ${preset + 1}` : undefined
}

const presetNames = {
  auto: 'Auto',
  lung: 'Lung',
  mediastinum: 'Bone',
  full: 'Full',
} as const
