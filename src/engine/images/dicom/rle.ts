/** RLE Lossless (PS3.5 Annex G): segments of PackBits, one for each byte of each sample. */
import { damaged, truncated } from '../header.ts'

const HEADER_BYTES = 64
const MAX_SEGMENTS = 15

/**
 * One frame as little-endian pixels, [pixels, samples]. Throws TRUNCATED or DAMAGED where the segments are not
 * exactly one frame.
 */
export function decodeRle(
  data: Uint8Array,
  { pixels, samples, bytesPerSample }: { pixels: number; samples: number; bytesPerSample: number },
): Uint8Array {
  if (data.length < HEADER_BYTES) throw truncated('a frame of RLE data lacks its header')
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== samples * bytesPerSample || segments > MAX_SEGMENTS) {
    throw damaged(
      `a frame of RLE data has ${segments} segments instead of ${samples * bytesPerSample}`,
    )
  }
  // Two bytes make 128 at most: what cannot be a whole frame takes no memory.
  if (pixels * segments > data.length * 64) {
    throw truncated(`${data.length} bytes of RLE data are too few for ${pixels * segments}`)
  }
  const planes: Uint8Array[] = []
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true)
    const next = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : data.length
    if (start < HEADER_BYTES || next < start || next > data.length) {
      throw damaged('a frame of RLE data has segments that lie outside of it')
    }
    planes.push(unpack(new Uint8Array(data.buffer, data.byteOffset + start, next - start), pixels))
  }
  // The highest byte of a sample comes first.
  const lowestFirst = planes.map((_, place) => {
    const byte = place % bytesPerSample
    return planes[place - byte + bytesPerSample - 1 - byte]!
  })
  return mixed(lowestFirst, pixels)
}

/** Below this many bytes a loop is done before a call has begun. */
const WORTH_A_CALL = 24

/** The `count` bytes of a segment. */
function unpack(segment: Uint8Array, count: number): Uint8Array {
  const plane = new Uint8Array(count)
  let at = 0
  let place = 0
  while (place < count) {
    const control = segment[at++]
    if (control === undefined) throw cut(place, count)
    if (control === 128) continue
    if (control > 128) {
      const byte = segment[at++]
      if (byte === undefined) throw cut(place, count)
      const until = Math.min(place + 257 - control, count)
      if (until - place > WORTH_A_CALL) plane.fill(byte, place, until)
      else for (let to = place; to < until; to++) plane[to] = byte
      place = until
    } else {
      const length = Math.min(control + 1, count - place)
      if (at + length > segment.length) throw cut(place, count)
      if (length > WORTH_A_CALL) plane.set(segment.subarray(at, at + length), place)
      else for (let byte = 0; byte < length; byte++) plane[place + byte] = segment[at + byte]!
      at += length
      place += length
    }
  }
  return plane
}

const cut = (reached: number, count: number) =>
  truncated(`RLE data holds ${reached} of ${count} bytes of a plane`)

/** The first byte of every plane, then the second … */
function mixed(planes: readonly Uint8Array[], pixels: number): Uint8Array {
  const [low, high] = planes
  if (planes.length === 1 && low) return low
  if (planes.length === 2 && low && high) return inPairs(low, high)
  const frame = new Uint8Array(pixels * planes.length)
  for (const [place, plane] of planes.entries()) {
    for (let pixel = 0, to = place; pixel < pixels; pixel++, to += planes.length) {
      frame[to] = plane[pixel]!
    }
  }
  return frame
}

/** Films mostly: samples of two bytes. Two of them are put together at once, which takes half the time. */
function inPairs(low: Uint8Array, high: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 * low.length)
  const half = Math.floor(low.length / 2)
  const lows = new Uint16Array(low.buffer, 0, half)
  const highs = new Uint16Array(high.buffer, 0, half)
  const words = new Uint32Array(frame.buffer, 0, half)
  for (let two = 0; two < half; two++) words[two] = apart(lows[two]!) | (apart(highs[two]!) << 8)
  if (low.length % 2 === 1) {
    frame[frame.length - 2] = low[low.length - 1]!
    frame[frame.length - 1] = high[low.length - 1]!
  }
  return frame
}

/** Two bytes side by side, put a byte apart. */
const apart = (two: number) => (two | (two << 8)) & 0xff_00ff
