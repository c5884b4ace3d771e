/** Greys of a frame from stored values, for screens and networks: the order of PS3.3 C.11 in one place. */
import type { Greyscale, VoiSetting } from './greyscale.ts'
import { lookedUp } from './lookupTables.ts'
import type { PixelModule } from './pixelModule.ts'
import type { StoredSamples } from './storedValues.ts'
import { voiFunction } from './voi.ts'

export interface RealRange {
  readonly minimum: number
  readonly maximum: number
}

export const isPadding = ({ padding }: Greyscale, stored: number): boolean =>
  padding !== undefined && stored >= padding.from && stored <= padding.to

/** Real value of a stored one. */
export function realOf({ modality }: Greyscale): (stored: number) => number {
  if (modality.kind === 'table') return (stored) => lookedUp(modality.table, stored)
  const { slope, intercept } = modality
  return (stored) => slope * stored + intercept
}

/** Lowest and highest real value, padding and what is no number left out; 0 and 0 for a film of nothing else. */
export function realRange(stored: StoredSamples, greyscale: Greyscale): RealRange {
  const ends = storedEnds(stored, greyscale)
  if (!ends) return { minimum: 0, maximum: 0 }
  if (greyscale.modality.kind === 'table') return tableRange(stored, greyscale)
  const real = ends.map(realOf(greyscale))
  return { minimum: Math.min(...real), maximum: Math.max(...real) }
}

type Ends = readonly [low: number, high: number]

/** Lowest and highest stored value; undefined for a frame of nothing but padding. */
function storedEnds(stored: StoredSamples, { padding }: Greyscale): Ends | undefined {
  if (stored instanceof Float32Array || stored instanceof Float64Array) return floatEnds(stored)
  const values = isNarrow(stored) ? valuesOf(stored) : stored
  // By index and from a value of its own on: an iterator with infinities takes three times as long.
  const { length } = values
  const { from, to } = padding ?? { from: Infinity, to: -Infinity }
  let at = 0
  while (at < length && values[at]! >= from && values[at]! <= to) at++
  if (at === length) return undefined
  let low = values[at]!
  let high = low
  for (; at < length; at++) {
    const value = values[at]!
    if (padding && value >= from && value <= to) continue
    if (value < low) low = value
    else if (value > high) high = value
  }
  return [low, high]
}

/** Padding is of whole numbers alone. */
function floatEnds(stored: Float32Array | Float64Array): Ends | undefined {
  let [low, high] = [Infinity, -Infinity]
  const { length } = stored
  for (let at = 0; at < length; at++) {
    const value = stored[at]!
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : undefined
}

/** A table need not rise. */
function tableRange(stored: StoredSamples, greyscale: Greyscale): RealRange {
  const real = realOf(greyscale)
  let minimum = Infinity
  let maximum = -Infinity
  for (const value of isNarrow(stored) ? valuesOf(stored) : new Set(stored)) {
    if (isPadding(greyscale, value)) continue
    minimum = Math.min(minimum, real(value))
    maximum = Math.max(maximum, real(value))
  }
  return { minimum, maximum }
}

/** Tells the values of cells of up to 16 bits apart, also those below zero. */
const sixteenBits = 0xffff

const isNarrow = (stored: StoredSamples): boolean => stored.BYTES_PER_ELEMENT <= 2

/** List, screen and score ask for the values of the same frame, one after the other. */
const knownValues = new WeakMap<StoredSamples, readonly number[]>()

/** Each value of a narrow frame once, rising: to mark them in a table takes half the time of comparing them. */
function valuesOf(stored: StoredSamples): readonly number[] {
  const known = knownValues.get(stored)
  if (known) return known
  const occurs = new Uint8Array(sixteenBits + 1)
  const { length } = stored
  for (let at = 0; at < length; at++) occurs[stored[at]! & sixteenBits] = 1
  const lowest = stored instanceof Int8Array || stored instanceof Int16Array ? -32_768 : 0
  const values: number[] = []
  for (let value = lowest; value <= lowest + sixteenBits; value++) {
    if (occurs[value & sixteenBits] === 1) values.push(value)
  }
  knownValues.set(stored, values)
  return values
}

/** How a file without a window is shown: 8 bits as they are, everything else from its lowest to its highest value. */
function fullWindow(
  { bitsStored, kind, signed }: PixelModule,
  { modality }: Greyscale,
  { minimum, maximum }: RealRange,
): VoiSetting {
  const isPlain =
    modality.kind === 'linear' && modality.slope === 1 && modality.intercept === 0 && !signed
  const [low, high] =
    isPlain && kind === 'integer' && bitsStored <= 8 ? [0, 2 ** bitsStored - 1] : [minimum, maximum]
  return {
    ...{ kind: 'window', label: '', shape: 'linear-exact' },
    ...{ centre: (low + high) / 2, width: Math.max(high - low, Number.MIN_VALUE) },
  }
}

export interface UsableWindows {
  /** At least one; the first is how the film is shown. */
  readonly windows: readonly VoiSetting[]
  /** The file's first window or table would give all of the film one grey, and is passed over. */
  readonly missed: boolean
}

/** The file's windows that show something of the frame, or else its own range. */
export function usableWindows(
  module: PixelModule,
  greyscale: Greyscale,
  range: RealRange,
): UsableWindows {
  const named = greyscale.windows
  const usable = named.filter((setting) => showsSomething(setting, range))
  const windows = usable.length > 0 ? usable : [fullWindow(module, greyscale, range)]
  return { windows, missed: named[0] !== undefined && named[0] !== windows[0] }
}

/**
 * Whether the frame's values would differ by a grey of 8 bits at least. Some files carry the window of another film, or
 * of values before they were scaled, and would be white or black all over. A frame of one value is as it is.
 */
function showsSomething(setting: VoiSetting, { minimum, maximum }: RealRange): boolean {
  if (minimum === maximum) return true
  const share = voiFunction(setting)
  const places = setting.kind === 'table' ? setting.entries.map((_, at) => setting.first + at) : []
  const inside = places.filter((value) => value > minimum && value < maximum)
  let [low, high] = [1, 0]
  for (const value of [minimum, maximum, ...inside]) {
    const lightness = share(value)
    low = Math.min(low, lightness)
    high = Math.max(high, lightness)
  }
  return (high - low) * 255 >= 1
}

/** From the 1st to the 99th percentile of the real values, padding left out: independent of what the file asks for. */
export function percentileWindow(stored: StoredSamples, greyscale: Greyscale): VoiSetting {
  const real = realOf(greyscale)
  const step = Math.floor(stored.length / 2 ** 20) * 2 + 1
  const values: number[] = []
  for (let at = 0; at < stored.length; at += step) {
    const value = stored[at]!
    if (!isPadding(greyscale, value) && Number.isFinite(value)) values.push(real(value))
  }
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  const [low, high] = [at(0.01), at(0.99)]
  return {
    ...{ kind: 'window', label: '', shape: 'linear-exact' },
    ...{ centre: (low + high) / 2, width: Math.max(high - low, Number.MIN_VALUE) },
  }
}

/** 0–255, rounded; padding is black. */
export function greysOf(stored: StoredSamples, greyscale: Greyscale, voi: VoiSetting): Uint8Array {
  const real = realOf(greyscale)
  const share = voiFunction(voi)
  const { inverted } = greyscale
  const grey = (value: number): number => {
    if (isPadding(greyscale, value)) return 0
    const lightness = share(real(value))
    return Math.floor((inverted ? 1 - lightness : lightness) * 255 + 0.5)
  }
  const greys = new Uint8Array(stored.length)
  if (!isNarrow(stored)) {
    for (let at = 0; at < greys.length; at++) greys[at] = grey(stored[at]!)
    return greys
  }
  const table = new Uint8Array(sixteenBits + 1)
  for (const value of valuesOf(stored)) table[value & sixteenBits] = grey(value)
  // A subtraction in this place would take as long again as the look-up.
  const { length } = greys
  for (let at = 0; at < length; at++) greys[at] = table[stored[at]! & sixteenBits]!
  return greys
}
