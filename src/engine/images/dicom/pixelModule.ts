/** How the pixels of an image are stored (PS3.3 C.7.6.3), checked before anything is decoded. */
import { AppError } from '../../../shared/errors.ts'
import { damaged, unsupported } from '../header.ts'
import type { DataSet } from './dataSet.ts'
import { type Element, tags } from './element.ts'
import { framesInFragments } from './fragments.ts'

export interface PixelModule {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  readonly samplesPerPixel: 1 | 3
  readonly photometric: string
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  /** Whole planes of red, green and blue instead of pixels. */
  readonly planar: boolean
  readonly kind: 'integer' | 'float' | 'double'
  readonly element: Element
}

/** What each frame is, however many there are. */
type FrameModule = Omit<PixelModule, 'frames'>

const at = {
  samplesPerPixel: 0x0028_0002,
  photometric: 0x0028_0004,
  planar: 0x0028_0006,
  frames: 0x0028_0008,
  rows: 0x0028_0010,
  columns: 0x0028_0011,
  bitsAllocated: 0x0028_0100,
  bitsStored: 0x0028_0101,
  highBit: 0x0028_0102,
  pixelRepresentation: 0x0028_0103,
} as const

const MAX_PIXELS = 100_000_000
const MAX_FRAME_BYTES = 512 * 2 ** 20

/** The element that holds pixels; undefined for an object without any. */
export const pixelElement = (dataSet: DataSet): Element | undefined =>
  dataSet.element(tags.pixels) ??
  dataSet.element(tags.floatPixels) ??
  dataSet.element(tags.doublePixels)

/** Throws DAMAGED for what is missing or contradicts itself, TOO_LARGE beyond 100 megapixels a frame, UNSUPPORTED. */
export function readPixelModule(dataSet: DataSet, element: Element): PixelModule {
  const kind =
    element.tag === tags.pixels ? 'integer' : element.tag === tags.floatPixels ? 'float' : 'double'
  const rows = required(dataSet, at.rows, 'Rows')
  const columns = required(dataSet, at.columns, 'Columns')
  const bitsAllocated =
    kind === 'float'
      ? 32
      : kind === 'double'
        ? 64
        : required(dataSet, at.bitsAllocated, 'Bits Allocated')
  const bitsStored =
    kind === 'integer' ? (dataSet.number(at.bitsStored) ?? bitsAllocated) : bitsAllocated
  const photometric = (dataSet.ascii(at.photometric) ?? '').toUpperCase() || 'MONOCHROME2'
  const module: FrameModule = {
    ...{ rows, columns, bitsAllocated, bitsStored, kind, element, photometric },
    samplesPerPixel: samples(
      dataSet.number(at.samplesPerPixel) ?? (/^(RGB|YBR)/.test(photometric) ? 3 : 1),
    ),
    highBit: highBit(dataSet.number(at.highBit), bitsStored, bitsAllocated),
    signed: kind !== 'integer' || dataSet.number(at.pixelRepresentation) === 1,
    planar: dataSet.number(at.planar) === 1,
  }
  const frames = frameCount(dataSet) ?? framesFound(dataSet, module)
  check({ ...module, frames })
  return { ...module, frames }
}

function required(dataSet: DataSet, tag: number, name: string): number {
  const value = dataSet.number(tag)
  if (value === undefined) throw damaged(`the image does not say its ${name}`)
  return value
}

/** Number of Frames is text; some writers leave it empty. */
function frameCount(dataSet: DataSet): number | undefined {
  const frames = dataSet.decimals(at.frames)?.[0]
  if (frames === undefined) return undefined
  if (!Number.isInteger(frames) || frames < 0) throw damaged(`the image has ${frames} frames`)
  return Math.max(1, frames)
}

/** Of an image that does not say it: more than one only where the pixels are whole frames to the byte. */
function framesFound(dataSet: DataSet, module: FrameModule): number {
  const { photometric, element } = module
  if (element.fragments) return framesInFragments(dataSet, element)
  const frames = Math.floor((bytesFound(module) * 8) / bitsOfFrame(module))
  return photometric.includes('_42') || isPlain(module, 1) || !isPlain(module, frames)
    ? 1
    : Math.max(1, frames)
}

/** Exactly as many bytes as so many frames have uncompressed, but for one that makes them even. */
export function isPlain(module: FrameModule, frames: number): boolean {
  const bytes = Math.ceil((frames * bitsOfFrame(module)) / 8)
  const found = bytesFound(module)
  return found === bytes || found === bytes + (bytes % 2)
}

const bytesFound = ({ element }: FrameModule) => element.value.end - element.value.start

const bitsOfFrame = ({ rows, columns, samplesPerPixel, bitsAllocated }: FrameModule) =>
  rows * columns * samplesPerPixel * bitsAllocated

/** One that contradicts the number of bits is a slip of the writer, whose values then begin at bit 0. */
const highBit = (named: number | undefined, stored: number, allocated: number): number =>
  named === undefined || named < stored - 1 || named >= allocated ? stored - 1 : named

function samples(count: number): 1 | 3 {
  if (count === 1 || count === 3) return count
  throw unsupported(`the image has ${count} samples a pixel`)
}

function check(module: PixelModule): void {
  const { rows, columns, frames, bitsAllocated, bitsStored, samplesPerPixel } = module
  if (rows < 1 || columns < 1) throw damaged(`the image is ${columns}×${rows} pixels`)
  const most = module.kind === 'double' ? 64 : 32
  if (bitsAllocated < 1 || bitsAllocated > most) {
    throw unsupported(`the image has ${bitsAllocated} bits allocated`)
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw damaged(`the image stores ${bitsStored} bits in ${bitsAllocated}`)
  }
  const frameBytes = (rows * columns * samplesPerPixel * bitsAllocated) / 8
  if (rows * columns > MAX_PIXELS || frameBytes > MAX_FRAME_BYTES || frames > 1_000_000) {
    throw new AppError(
      'TOO_LARGE',
      `the image is ${columns}×${rows} pixels with ${frames} frames, more than 100 megapixels or 512 MiB a frame: export it smaller`,
    )
  }
}
