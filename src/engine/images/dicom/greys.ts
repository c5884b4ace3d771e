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

const isNarrow = (stored: StoredSamples): boolean => stored.BYTES_PER_ELEMENT <= 2

type Cells = Uint8Array | Uint16Array

/** The bits of narrow values as places in a table, also of those below zero. */
function cellsOf({ BYTES_PER_ELEMENT, buffer, byteOffset, length }: StoredSamples): Cells {
  return BYTES_PER_ELEMENT === 1
    ? new Uint8Array(buffer, byteOffset, length)
    : new Uint16Array(buffer, byteOffset, length)
}

const tableFor = (cells: Cells): Uint8Array => new Uint8Array(2 ** (8 * cells.BYTES_PER_ELEMENT))

/** List, screen and score ask for the values of the same frame, one after the other. */
const knownValues = new WeakMap<StoredSamples, readonly number[]>()

/** Each value of a narrow frame once, rising: to mark them in a table takes half the time of comparing them. */
function valuesOf(stored: StoredSamples): readonly number[] {
  const known = knownValues.get(stored)
  if (known) return known
  const cells = cellsOf(stored)
  const occurs = tableFor(cells)
  mark(occurs, cells)
  const isSigned = stored instanceof Int8Array || stored instanceof Int16Array
  const lowest = isSigned ? -occurs.length / 2 : 0
  const values: number[] = []
  for (let value = lowest; value < lowest + occurs.length; value++) {
    if (occurs[value & (occurs.length - 1)] === 1) values.push(value)
  }
  knownValues.set(stored, values)
  return values
}

// Functions of their own, given cells without a sign: within others, these loops over all pixels take twice as long.

function mark(occurs: Uint8Array, cells: Cells): void {
  const { length } = cells
  let at = 0
  // Four at a time takes two thirds of the time.
  for (const end = length - 3; at < end; at += 4) {
    occurs[cells[at]!] = 1
    occurs[cells[at + 1]!] = 1
    occurs[cells[at + 2]!] = 1
    occurs[cells[at + 3]!] = 1
  }
  for (; at < length; at++) occurs[cells[at]!] = 1
}

function lookUp(table: Uint8Array, cells: Cells): Uint8Array {
  const { length } = cells
  const greys = new Uint8Array(length)
  for (let at = 0; at < length; at++) greys[at] = table[cells[at]!]!
  return greys
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
  if (!isNarrow(stored)) {
    const greys = new Uint8Array(stored.length)
    for (let at = 0; at < greys.length; at++) greys[at] = grey(stored[at]!)
    return greys
  }
  const cells = cellsOf(stored)
  const table = tableFor(cells)
  for (const value of valuesOf(stored)) table[value & (table.length - 1)] = grey(value)
  return lookUp(table, cells)
}
