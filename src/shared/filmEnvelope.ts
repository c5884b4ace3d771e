/**
 * A film on its way to the window: the length of its description (4 bytes, little-endian), the description as JSON,
 * blanks up to a multiple of 8, then the samples, so that they lie as an array of numbers wants them, then the bits of
 * the file's drawings.
 */
import { FilmDescription, type FilmPixels, type OverlayPlace } from './domain/filmPixels.ts'
import { AppError } from './errors.ts'
import { halvedSize } from './halved.ts'

const lengthBytes = 4
const sampleBytes = { uint8: 1, uint16: 2, int16: 2, float32: 4 } as const

export function packFilm({
  samples,
  overlayBits = new Uint8Array(0),
  ...description
}: FilmPixels): Uint8Array {
  const words = new TextEncoder().encode(JSON.stringify(description))
  const start = Math.ceil((lengthBytes + words.length) / 8) * 8
  const envelope = new Uint8Array(start + samples.length + overlayBits.length)
  envelope.fill(0x20, 0, start)
  new DataView(envelope.buffer).setUint32(0, start - lengthBytes, true)
  envelope.set(words, lengthBytes)
  envelope.set(samples, start)
  envelope.set(overlayBits, start + samples.length)
  return envelope
}

export type Samples = Uint8Array | Uint16Array | Int16Array | Float32Array

/** Throws DAMAGED when the envelope does not hold exactly what its description says. */
export function unpackFilm(envelope: ArrayBuffer): {
  readonly description: FilmDescription
  readonly samples: Samples
  /** Of each of the description's drawings. */
  readonly overlayBits: readonly Uint8Array[]
} {
  const description = descriptionIn(envelope)
  const { sampleType } = description
  const start = lengthBytes + new DataView(envelope).getUint32(0, true)
  const count = sampleCount(description)
  const end = start + count * sampleBytes[sampleType]
  const overlayBits = bitsIn(envelope, end, description.overlays ?? [])
  if (overlayBits === undefined) {
    throw new AppError('DAMAGED', 'The film came without all its pixels; open it again')
  }
  return { description, samples: samplesIn(envelope, start, count, sampleType), overlayBits }
}

function sampleCount({ rows, columns, samplesPerPixel, halvings = 0 }: FilmDescription): number {
  const { width, height } = halvedSize({ width: columns, height: rows }, halvings)
  return width * height * samplesPerPixel
}

/** Undefined where the envelope does not end with the last of them. */
function bitsIn(envelope: ArrayBuffer, from: number, places: readonly OverlayPlace[]) {
  let at = from
  const lengths = places.map(({ rows, columns }) => Math.ceil((rows * columns) / 8))
  if (from + lengths.reduce((sum, length) => sum + length, 0) !== envelope.byteLength) {
    return undefined
  }
  return lengths.map((length) => new Uint8Array(envelope, (at += length) - length, length))
}

function descriptionIn(envelope: ArrayBuffer): FilmDescription {
  try {
    const length = new DataView(envelope).getUint32(0, true)
    const words = new TextDecoder().decode(new Uint8Array(envelope, lengthBytes, length))
    return FilmDescription.parse(JSON.parse(words))
  } catch (cause) {
    throw new AppError('DAMAGED', 'The film came without its size; open it again', { cause })
  }
}

/** Numbers in a buffer. */
export function samplesIn(
  buffer: ArrayBufferLike,
  start: number,
  count: number,
  type: FilmDescription['sampleType'],
): Samples {
  switch (type) {
    case 'uint8':
      return new Uint8Array(buffer, start, count)
    case 'uint16':
      return new Uint16Array(buffer, start, count)
    case 'int16':
      return new Int16Array(buffer, start, count)
    case 'float32':
      return new Float32Array(buffer, start, count)
  }
}
