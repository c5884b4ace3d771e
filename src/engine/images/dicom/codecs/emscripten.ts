/** How the WebAssembly codecs of Cornerstone are called. */
import { checkSize, CodecFault, type PackedFrame, type UnpackedFrame } from './codec.ts'

/** Decodes with an instance that is used once: a fault inside may leave it unusable. `decoded` may ask it for more. */
export function decodeOnce(
  decoder: EmscriptenDecoder,
  frame: PackedFrame,
  name: string,
  decoded: () => void = () => undefined,
): UnpackedFrame {
  try {
    decoder.getEncodedBuffer(frame.data.length).set(frame.data)
    decoder.decode()
    decoded()
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo()
    const found = { rows: height, columns: width, samplesPerPixel: componentCount }
    checkSize(frame, found)
    const bytes = decoder.getDecodedBuffer()
    const samples = samplesOf(bytes, bitsPerSample, width * height * componentCount)
    return { ...found, bits: bitsPerSample, signed: isSigned === true, samples }
  } catch (cause) {
    if (cause instanceof CodecFault) throw cause
    throw new CodecFault('DAMAGED', `the ${name} data cannot be unpacked (${wordsOf(cause)})`)
  } finally {
    decoder.delete()
  }
}

/** A copy: the decoder's memory is used again. */
function samplesOf(bytes: Uint8Array, bits: number, count: number) {
  const size = bits <= 8 ? 1 : bits <= 16 ? 2 : 4
  if (bytes.length < count * size) {
    throw new CodecFault('TRUNCATED', `unpacked are ${bytes.length} of ${count * size} bytes`)
  }
  const copy = new Uint8Array(bytes.subarray(0, count * size))
  if (size === 1) return copy
  return size === 2 ? new Uint16Array(copy.buffer) : new Uint32Array(copy.buffer)
}

/** A C++ exception arrives as the number of its place in memory. */
const wordsOf = (cause: unknown): string =>
  cause instanceof Error
    ? cause.message.slice(0, 200)
    : typeof cause === 'number'
      ? 'the decoder gave up'
      : String(cause).slice(0, 200)
