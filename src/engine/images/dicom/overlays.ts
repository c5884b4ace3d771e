/** Drawings that a file brings along (PS3.3 C.9.2): planes of single bits, with data of their own or in bits that the pixels leave free. */
import type { OverlayPlace } from '../../../shared/domain/filmPixels.ts'
import type { DataSet } from './dataSet.ts'
import { openFrames } from './frames.ts'
import type { DicomFile } from './openDicom.ts'
import type { PixelModule } from './pixelModule.ts'

/** Of the even groups 6000 to 601E. */
const groups = Array.from({ length: 16 }, (_, at) => 0x6000_0000 + at * 0x2_0000)
const at = {
  rows: 0x0010,
  columns: 0x0011,
  frames: 0x0015,
  description: 0x0022,
  origin: 0x0050,
  firstFrame: 0x0051,
  bitPosition: 0x0102,
  label: 0x1500,
  data: 0x3000,
} as const

const MAX_PIXELS = 100_000_000

/** A plane and its bits, row by row without gaps, the lowest bit of a byte first. */
interface Overlay extends OverlayPlace {
  readonly bits: Uint8Array
}

/**
 * What lies over frame `frame`, from 0. Planes in which nothing is drawn are left out. `missed` planes should be there but cannot be
 * read: their bits are not all there, or were lost when the pixels were compressed. A film can be shown without them, so none is an error.
 */
export async function readOverlays(
  file: DicomFile,
  module: PixelModule,
  frame: number,
): Promise<{ readonly overlays: readonly Overlay[]; readonly missed: number }> {
  const overlays: Overlay[] = []
  let missed = 0
  for (const group of groups.filter((each) => file.dataSet.has(each + at.rows))) {
    const own = placeOf(file.dataSet, group)
    const isOwn = file.dataSet.has(group + at.data)
    const overlayFrame = own && frameOf(file.dataSet, group, module, frame)
    if (own && overlayFrame === undefined) continue
    const place = own && !isOwn ? { ...own, rows: module.rows, columns: module.columns } : own
    const bits =
      place &&
      (isOwn
        ? ownBits(file.dataSet, group, place, overlayFrame ?? 0)
        : await spareBits(file, module, group, frame))
    if (!place || !bits) missed++
    else if (bits.some((byte) => byte !== 0)) overlays.push({ ...place, bits })
  }
  return { overlays, missed }
}

/** Whether bits that the film does not use hold a drawing (PS3.5 8.1.2, retired): an overlay without data of its own. */
export const hasEmbeddedOverlay = (
  dataSet: DataSet,
  { bitsStored, bitsAllocated }: PixelModule,
): boolean =>
  bitsStored < bitsAllocated &&
  groups.some((group) => dataSet.has(group + at.rows) && !dataSet.has(group + at.data))

function placeOf(dataSet: DataSet, group: number): OverlayPlace | undefined {
  const rows = numberIfAny(dataSet, group + at.rows)
  const columns = numberIfAny(dataSet, group + at.columns)
  if (!rows || !columns || rows * columns > MAX_PIXELS) return undefined
  const [top = 1, left = 1] = numbersIfAny(dataSet, group + at.origin, 'SS')
  const label = dataSet.text(group + at.label) ?? dataSet.text(group + at.description) ?? ''
  return { label: label.slice(0, 64), rows, columns, top: top - 1, left: left - 1 }
}

/** Which of the overlay's frames lies over the film's frame; one that names no frames lies over all of them. */
function frameOf(dataSet: DataSet, group: number, { frames }: PixelModule, frame: number) {
  const count = dataSet.decimalsIfAny(group + at.frames)?.[0] ?? 1
  const first = numberIfAny(dataSet, group + at.firstFrame)
  if (frames === 1 || (first === undefined && count <= 1)) return 0
  const found = frame - ((first ?? 1) - 1)
  return found >= 0 && found < count ? found : undefined
}

function ownBits(dataSet: DataSet, group: number, place: OverlayPlace, frame: number) {
  const element = dataSet.element(group + at.data)
  const value = dataSet.value(group + at.data)
  const count = place.rows * place.columns
  if (!element || !value || value.length * 8 < count * (frame + 1)) return undefined
  // Bytes in big-endian words were turned with their words (PS3.5 8.1.1).
  const isTurned = !element.encoding.littleEndian && element.vr !== 'OB'
  const bytes = isTurned ? Buffer.from(value.subarray(0, value.length & ~1)).swap16() : value
  return cutOut(bytes, frame * count, count)
}

/** `count` bits from bit `first` on; what is left of the last byte is zero. */
function cutOut(bytes: Uint8Array, first: number, count: number): Uint8Array {
  const [skipped, shift] = [Math.floor(first / 8), first % 8]
  const bits = new Uint8Array(Math.ceil(count / 8))
  for (let place = 0; place < bits.length; place++) {
    bits[place] = (bytes[skipped + place]! | ((bytes[skipped + place + 1] ?? 0) << 8)) >> shift
  }
  const spare = bits.length * 8 - count
  bits[bits.length - 1]! &= 0xff >> spare
  return bits
}

/** Read as an image of one stored bit; undefined where the pixels use that bit themselves, or a codec has not kept it. */
async function spareBits(
  file: DicomFile,
  module: PixelModule,
  group: number,
  frame: number,
): Promise<Uint8Array | undefined> {
  const position = numberIfAny(file.dataSet, group + at.bitPosition) ?? -1
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel, kind } = module
  const isFree = position > highBit || (position >= 0 && position <= highBit - bitsStored)
  if (!isFree || position >= bitsAllocated || samplesPerPixel !== 1 || kind !== 'integer') {
    return undefined
  }
  const one = { ...module, bitsStored: 1, highBit: position, signed: false }
  const frames = openFrames(file, one)
  if (!frames.keepsCells) return undefined
  const drawn = await frames.read(frame)
  const bits = new Uint8Array(Math.ceil(drawn.length / 8))
  for (let pixel = 0; pixel < drawn.length; pixel++) {
    if (drawn[pixel] === 1) bits[pixel >> 3]! |= 1 << (pixel & 7)
  }
  return bits
}

const numberIfAny = (dataSet: DataSet, tag: number): number | undefined =>
  numbersIfAny(dataSet, tag, 'US')[0]

function numbersIfAny(dataSet: DataSet, tag: number, vr: 'US' | 'SS'): readonly number[] {
  const isText = ['IS', 'DS'].includes(dataSet.element(tag)?.vr ?? '')
  return (isText ? dataSet.decimalsIfAny(tag) : dataSet.numbers(tag, vr)) ?? []
}
