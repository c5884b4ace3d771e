/** Which fragments of encapsulated pixels make which frame (PS3.5 A.4). */
import { damaged, truncated } from '../header.ts'
import { codestreamKind, isRleHeader } from './codestreamKind.ts'
import type { DataSet } from './dataSet.ts'
import { type Element, type Stretch, tags } from './element.ts'
import type { PixelModule } from './pixelModule.ts'
import type { Packing } from './transferSyntaxes.ts'

/** The fragments of each frame, in order. Throws TRUNCATED or DAMAGED when there are not as many as frames. */
export function framesOf(
  dataSet: DataSet,
  { element, frames }: PixelModule,
  packing: Packing,
): (readonly Stretch[])[] {
  const [table, ...fragments] = element.fragments ?? []
  if (!table || fragments.length === 0) throw truncated('the compressed pixels have no fragment')
  const groups = frames === 1 ? [fragments] : grouped(dataSet, table, fragments, frames, packing)
  if (groups.length < frames) {
    throw truncated(`the file holds ${groups.length} of ${frames} frames`)
  }
  if (groups.some((group) => group.every(({ start, end }) => start === end))) {
    throw truncated('a frame of the compressed pixels is empty')
  }
  return groups.slice(0, frames)
}

function grouped(
  dataSet: DataSet,
  table: Stretch,
  fragments: readonly Stretch[],
  frames: number,
  packing: Packing,
): (readonly Stretch[])[] {
  if (fragments.length === frames) return fragments.map((fragment) => [fragment])
  const offsets = offsetsOf(dataSet, table)
  // Offsets count from the item tag of the first fragment, 8 bytes before its value.
  const base = fragments[0]!.start - 8
  if (offsets.length === frames) {
    const starts = new Set(offsets.map((offset) => base + offset))
    const groups = groupedAt(fragments, ({ start }) => starts.has(start - 8))
    if (groups.length === frames) return groups
  }
  const { bytes } = dataSet
  if (packing !== 'rle') return groupedAt(fragments, (fragment) => isCodestream(bytes, fragment))
  const groups = groupedAt(fragments, (fragment) => isRleHeader(bytes, fragment))
  if (groups.length === frames) return groups
  throw damaged(`${fragments.length} fragments of RLE data for ${frames} frames`)
}

const isCodestream = (bytes: Uint8Array, fragment: Stretch): boolean =>
  codestreamKind(bytes, fragment) !== undefined

/**
 * How many frames lie in the fragments of an image that does not say it: as many as the offset table names, or as there
 * are fragments where each begins a codestream of its own. One, where neither parts them.
 */
export function framesInFragments(dataSet: DataSet, { fragments = [] }: Element): number {
  const [table, ...all] = fragments
  if (!table) return 1
  const named = offsetsOf(dataSet, table).length
  if (named > 1 && named <= all.length) return named
  const filled = all.filter(({ start, end }) => end > start)
  const begins = (fragment: Stretch) =>
    isCodestream(dataSet.bytes, fragment) || isRleHeader(dataSet.bytes, fragment)
  return Math.max(1, filled.every(begins) ? filled.length : 1)
}

function offsetsOf(dataSet: DataSet, { start, end }: Stretch): number[] {
  const extended = dataSet.numbers(tags.extendedOffsets, 'OV')
  if (extended) return extended
  const view = new DataView(
    dataSet.bytes.buffer,
    dataSet.bytes.byteOffset,
    dataSet.bytes.byteLength,
  )
  return Array.from({ length: Math.floor((end - start) / 4) }, (_, at) =>
    view.getUint32(start + 4 * at, true),
  )
}

function groupedAt(
  fragments: readonly Stretch[],
  isStart: (fragment: Stretch) => boolean,
): Stretch[][] {
  const groups: Stretch[][] = []
  for (const fragment of fragments) {
    const last = groups.at(-1)
    if (!last || isStart(fragment)) groups.push([fragment])
    else last.push(fragment)
  }
  return groups
}

/** The stretches one after the other; a single one is not copied. */
export function joined(bytes: Uint8Array, stretches: readonly Stretch[]): Uint8Array {
  const [first] = stretches
  if (stretches.length === 1 && first) return bytes.subarray(first.start, first.end)
  return Buffer.concat(stretches.map(({ start, end }) => bytes.subarray(start, end)))
}
