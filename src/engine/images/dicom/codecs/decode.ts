/** One frame by the codec of its coding. Runs in the worker. */
import loadCharls from '@cornerstonejs/codec-charls/decodewasmjs'
import loadTurbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'
import loadOpenJpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import loadOpenJph from '@cornerstonejs/codec-openjph'
import { checkSize, CodecFault, type PackedFrame, type UnpackedFrame } from './codec.ts'
import { interleaved } from '../subsampling.ts'
import { decodeOnce } from './emscripten.ts'
import { readJpeg2000Markers, withoutSigns } from './jpeg2000Markers.ts'
import { inOwnLevels, readJpegXlHeader } from './jpegXlMarkers.ts'
import { type JpegFrame, readJpegMarkers, withoutColourTransform } from './jpegMarkers.ts'
import { decodeNatively } from './nativeCodecs.ts'

/** Throws CodecFault. */
export async function decodePacked(frame: PackedFrame): Promise<UnpackedFrame> {
  switch (frame.packing) {
    case 'jpeg':
      return decodeJpeg(frame)
    case 'jpeg-ls': {
      checkSize(frame, readJpegLsSize(frame.data))
      const { JpegLSDecoder } = await charls()
      const decoder = new JpegLSDecoder()
      let byPlane = false
      const unpacked = decodeOnce(decoder, frame, 'JPEG-LS', () => {
        byPlane = decoder.getInterleaveMode() === 0
      })
      const samples = interleaved(unpacked.samples, { ...unpacked, planar: byPlane })
      return { ...unpacked, samples }
    }
    case 'jpeg-2000': {
      const { J2KDecoder } = await openJpeg()
      return decodeJpeg2000(frame, (each) => decodeOnce(new J2KDecoder(), each, 'JPEG 2000'))
    }
    case 'htj2k': {
      const { HTJ2KDecoder } = await openJph()
      return decodeJpeg2000(frame, (each) => decodeOnce(new HTJ2KDecoder(), each, 'HTJ2K'))
    }
    case 'jpeg-xl': {
      const { bits, ...size } = readJpegXlHeader(frame.data)
      checkSize(frame, { ...size, samplesPerPixel: frame.samplesPerPixel })
      const unpacked = decodeNatively('DecodeJpegXl', frame, bits)
      return { ...unpacked, samples: inOwnLevels(unpacked.samples, bits) }
    }
  }
}

/**
 * Both decoders cut off what is below zero in signed samples of up to 8 bits. Where the codestream says that it has no
 * signs, they raise its samples by half of their range instead (ITU-T T.800 G.1.2), and that is taken back here.
 */
function decodeJpeg2000(
  frame: PackedFrame,
  decode: (frame: PackedFrame) => UnpackedFrame,
): UnpackedFrame {
  const found = readJpeg2000Markers(frame.data)
  checkSize(frame, found)
  if (!found.signed || found.bits > 8) return decode(frame)
  const unpacked = decode({ ...frame, data: withoutSigns(frame.data) })
  const half = 2 ** (found.bits - 1)
  return { ...unpacked, signed: true, samples: unpacked.samples.map((sample) => sample - half) }
}

async function decodeJpeg(frame: PackedFrame): Promise<UnpackedFrame> {
  const found = readJpegMarkers(frame.data)
  checkSize(frame, found)
  if (!found.isWhole) {
    throw new CodecFault('TRUNCATED', 'the JPEG data ends without its end mark')
  }
  if (!isForTurbo(found)) {
    if (found.huffman) return decodeNatively('DecodeJpeg', frame, found.bits)
    const kind = found.process === 3 ? 'lossless' : `of ${found.bits} bits`
    throw new CodecFault(
      'UNSUPPORTED',
      `JPEG ${kind} with arithmetic coding, which no codec here unpacks`,
    )
  }
  const { JPEGDecoder } = await turbo()
  const data = found.samplesPerPixel === 1 ? frame.data : withoutColourTransform(frame.data, found)
  return decodeOnce(new JPEGDecoder(), { ...frame, data }, 'JPEG')
}

/** Eight bits by cosine transform, with codes of either kind; what else has Huffman codes is the other library's. */
const isForTurbo = ({ bits, process }: JpegFrame) => bits === 8 && process < 3

/** JPEG-LS shares JPEG's frame header, with a marker of its own, SOF55. */
function readJpegLsSize(data: Uint8Array) {
  for (let at = 2; at + 10 <= data.length; at += 2 + ((data[at + 2]! << 8) | data[at + 3]!)) {
    while (data[at + 1] === 0xff) at++
    if (data[at] !== 0xff) break
    if (data[at + 1] !== 0xf7) continue
    return {
      rows: (data[at + 5]! << 8) | data[at + 6]!,
      columns: (data[at + 7]! << 8) | data[at + 8]!,
      samplesPerPixel: data[at + 9]!,
    }
  }
  throw new CodecFault('DAMAGED', 'the frame is no JPEG-LS data')
}

/** Loads a codec when the first frame needs it. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined
  return () => (promise ??= load())
}
const charls = once(loadCharls)
const turbo = once(loadTurbo)
const openJpeg = once(loadOpenJpeg)
const openJph = once(loadOpenJph)
