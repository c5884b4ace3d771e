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
  const frame = new Uint8Array(pixels * segments)
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true)
    const next = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : data.length
    if (start < HEADER_BYTES || next < start || next > data.length) {
      throw damaged('a frame of RLE data has segments that lie outside of it')
    }
    // The highest byte of a sample comes first.
    const byte = bytesPerSample - 1 - (segment % bytesPerSample)
    const sample = Math.floor(segment / bytesPerSample)
    unpack(data.subarray(start, next), frame, sample * bytesPerSample + byte, segments, pixels)
  }
  return frame
}

/** Writes `count` bytes of a segment to `to[first]`, `to[first + step]` … */
function unpack(
  segment: Uint8Array,
  to: Uint8Array,
  first: number,
  step: number,
  count: number,
): void {
  const end = first + count * step
  let at = 0
  let place = first
  while (place < end) {
    const control = segment[at++]
    if (control === undefined) throw cut(place)
    if (control === 128) continue
    const isRun = control > 128
    const length = isRun ? 257 - control : control + 1
    const until = Math.min(place + length * step, end)
    if (isRun) {
      const byte = segment[at++]
      if (byte === undefined) throw cut(place)
      for (; place < until; place += step) to[place] = byte
    } else {
      if (at + (until - place) / step > segment.length) throw cut(place)
      for (; place < until; place += step) to[place] = segment[at++]!
    }
  }

  function cut(reached: number) {
    return truncated(`RLE data holds ${(reached - first) / step} of ${count} bytes of a plane`)
  }
}
