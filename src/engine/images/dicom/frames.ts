/** Decoded frames of a DICOM image: stored values, before any table. */
import { inflateRawSync } from 'node:zlib'
import { damaged, truncated, unsupported } from '../header.ts'
import type { UnpackedFrame } from './codecs/codec.ts'
import { decoders } from './decoders.ts'
import { framesOf, joined } from './fragments.ts'
import type { DicomFile } from './openDicom.ts'
import type { PixelModule } from './pixelModule.ts'
import { decodeRle } from './rle.ts'
import { readCells, signExtended, type StoredSamples } from './storedValues.ts'
import { interleaved, upsampled422 } from './subsampling.ts'
import type { Packing } from './transferSyntaxes.ts'
import { truePacking } from './truePacking.ts'

export interface Frames {
  readonly count: number
  /** Stored values of frame `index`, from 0: [rows, columns, samples]. Throws TRUNCATED, DAMAGED, UNSUPPORTED. */
  readonly read: (index: number) => Promise<StoredSamples>
  /** Cells come as they were written, with the bits that the film does not use; codecs of pictures lose these. */
  readonly keepsCells: boolean
}

/**
 * Checks that the bytes of every frame are there, and decodes none yet.
 * Throws TRUNCATED, DAMAGED, or UNSUPPORTED for a coding that nothing here unpacks.
 */
export function openFrames(file: DicomFile, module: PixelModule): Frames {
  const { element, packing } = truePacking(file, module)
  if (packing === 'native') return nativeFrames(file, module)
  const frames = framesOf(file.dataSet, { ...module, element }, packing)
  return {
    count: module.frames,
    keepsCells: packing === 'rle' || packing === 'deflated-frames',
    read: (index) => unpack(joined(file.bytes, frames[index]!), module, packing),
  }
}

function nativeFrames(file: DicomFile, module: PixelModule): Frames {
  const { element, frames } = module
  const littleEndian = element.encoding.littleEndian && !file.transferSyntax.bigEndianPixels
  const all = element.fragments
    ? joined(file.bytes, element.fragments.slice(1))
    : file.bytes.subarray(element.value.start, element.value.end)
  const pixels = module.rows * module.columns
  const is422 = has422(module, all.length)
  const cells = is422 ? pixels * 2 : pixels * module.samplesPerPixel
  const frameBits = cells * module.bitsAllocated
  const needed = Math.ceil((frameBits * frames) / 8)
  if (all.length < needed && module.photometric.endsWith('_420')) {
    throw unsupported(
      `uncompressed colour for two by two pixels (${module.photometric}) is not read`,
    )
  }
  if (all.length < needed) {
    throw truncated(`the file holds ${all.length} of ${needed} bytes of pixels`)
  }
  // Cells in big-endian words were turned with their words (PS3.5 8.1.1).
  const isPacked = module.kind === 'integer' && ![16, 32].includes(module.bitsAllocated)
  const bytes = !littleEndian && isPacked && element.vr === 'OW' ? turned(all) : all
  return {
    count: frames,
    keepsCells: true,
    read: (index) => {
      const firstBit = index * frameBits
      const from = firstBit % 8 === 0 ? bytes.subarray(firstBit / 8) : bytes
      const stored = readCells(from, {
        ...{ littleEndian, cells: module, count: cells },
        firstBit: firstBit % 8 === 0 ? 0 : firstBit,
      })
      return Promise.resolve(is422 ? upsampled422(stored) : interleaved(stored, module))
    },
  }
}

/** Chroma of every second pixel: fewer cells than pixels × samples. Some files say so and hold all of them. */
function has422({ photometric, rows, columns, frames, bitsAllocated }: PixelModule, bytes: number) {
  const isNamed = photometric === 'YBR_FULL_422' || photometric === 'YBR_PARTIAL_422'
  return isNamed && bytes < (rows * columns * 3 * frames * bitsAllocated) / 8
}

function turned(bytes: Uint8Array): Uint8Array {
  const even = Buffer.alloc(bytes.length + (bytes.length % 2))
  even.set(bytes)
  return even.swap16()
}

async function unpack(
  data: Uint8Array,
  module: PixelModule,
  packing: Exclude<Packing, 'native'>,
): Promise<StoredSamples> {
  const { rows, columns, samplesPerPixel, bitsAllocated } = module
  const cells = rows * columns * samplesPerPixel
  if (packing === 'rle') {
    const bytesPerSample = Math.ceil(bitsAllocated / 8)
    const pixels =
      bitsAllocated < 8 ? Math.ceil((rows * columns * bitsAllocated) / 8) : rows * columns
    const bytes = decodeRle(data, { pixels, samples: samplesPerPixel, bytesPerSample })
    return readCells(bytes, { littleEndian: true, cells: module, count: cells, isSpare: true })
  }
  if (packing === 'deflated-frames') {
    const bytes = inflatedFrame(data, Math.ceil((cells * bitsAllocated) / 8))
    const stored = readCells(bytes, { littleEndian: true, cells: module, count: cells })
    return interleaved(stored, module)
  }
  return ofCodestream(await decoders.decode({ packing, data, ...sizes(module) }), module)
}

const sizes = (module: PixelModule) => ({
  ...{ rows: module.rows, columns: module.columns, samplesPerPixel: module.samplesPerPixel },
  ...{ bitsAllocated: module.bitsAllocated, bitsStored: module.bitsStored, signed: module.signed },
})

/**
 * The data set says whether numbers are signed, whatever the codestream says: of the two, devices set this one. The sign
 * is at the highest bit of what was coded, which may be fewer bits than the data set names.
 */
function ofCodestream(
  { samples, bits, signed: codedAsSigned }: UnpackedFrame,
  { signed, bitsStored }: PixelModule,
) {
  return signed ? signExtended(samples, codedAsSigned ? bits : Math.min(bits, bitsStored)) : samples
}

function inflatedFrame(data: Uint8Array, expected: number): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = inflateRawSync(data, { maxOutputLength: expected + 1 })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'Z_BUF_ERROR') throw truncated('a deflated frame ends too early')
    throw damaged(`a deflated frame cannot be unpacked (${code})`)
  }
  if (bytes.length < expected) throw truncated(`a frame holds ${bytes.length} of ${expected} bytes`)
  return bytes
}
