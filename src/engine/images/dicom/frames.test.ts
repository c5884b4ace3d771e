import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { tags } from './element.ts'
import { openImage } from './image.ts'
import { readCells } from './storedValues.ts'
import { dicomFile, fragments, imageElements, type SmallImage } from './testing/writeDicom.ts'
import { EXPLICIT } from './transferSyntaxes.ts'

const native = (image: SmallImage, bytes: Uint8Array, syntax = EXPLICIT) =>
  openImage(dicomFile(syntax, imageElements(image, [tags.pixels, 'OW', bytes])))

const packed = (image: SmallImage, syntax: string, ...parts: readonly Uint8Array[]) =>
  openImage(packedFile(image, syntax, [], ...parts))

const packedFile = (
  image: SmallImage,
  syntax: string,
  table: readonly number[],
  ...parts: readonly Uint8Array[]
) =>
  Buffer.concat([
    dicomFile(syntax, imageElements(image, [tags.pixels, 'OW', '']).slice(0, -1)),
    fragments(table, ...parts),
  ])

const read = async (image: ReturnType<typeof openImage>, frame = 0) =>
  Array.from(await image.frames.read(frame))

test('bits that are not stored are cut off, above and below', async () => {
  // Twelve bits from bit 4 on; below lies an overlay.
  const image = { rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12, highBit: 15 }
  expect(await read(native(image, Uint8Array.of(0x3f, 0x12, 0xff, 0xff)))).toEqual([0x123, 0xfff])
  // Twelve bits from bit 0 on; above lies another.
  const above = { rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12 }
  expect(await read(native(above, Uint8Array.of(0x23, 0xf1, 0xff, 0x0f)))).toEqual([0x123, 0xfff])
})

test('a single stray bit is found in whatever place, however the cells lie in memory', () => {
  for (const lead of [0, 2]) {
    for (let place = 0; place < 7; place++) {
      const cells = Uint16Array.from({ length: 7 }, (_, at) => (at === place ? 0xf123 : 0x0123))
      const bytes = new Uint8Array(lead + cells.byteLength)
      bytes.set(new Uint8Array(cells.buffer), lead)
      const stored = readCells(bytes.subarray(lead), {
        ...{ littleEndian: true, count: 7 },
        cells: { bitsAllocated: 16, bitsStored: 12, highBit: 11, signed: false, kind: 'integer' },
      })
      expect(Array.from(stored), `${lead}, ${place}`).toEqual(Array<number>(7).fill(0x123))
    }
  }
})

test('signed values of few bits keep their sign', async () => {
  const image = { rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12, signed: true }
  expect(await read(native(image, Uint8Array.of(0xff, 0x0f, 0xff, 0x07)))).toEqual([-1, 2047])
})

test('single bits and 12-bit cells follow each other without gaps, also from frame to frame', async () => {
  const bits = { rows: 1, columns: 3, bitsAllocated: 1, frames: 2 }
  // 1 0 1, then 1 1 0: lowest bit first.
  const image = native(bits, Uint8Array.of(0b0001_1101))
  expect(await read(image, 0)).toEqual([1, 0, 1])
  expect(await read(image, 1)).toEqual([1, 1, 0])
  const twelve = { rows: 1, columns: 2, bitsAllocated: 12 }
  expect(await read(native(twelve, Uint8Array.of(0x23, 0x61, 0x45)))).toEqual([0x123, 0x456])
})

test('planes of colour become pixels, and shared chroma is given to both', async () => {
  const planar: SmallImage = {
    ...{ rows: 1, columns: 2, samples: 3 },
    more: [[0x0028_0006, 'US', [1]]],
  }
  expect(await read(native(planar, Uint8Array.of(1, 2, 3, 4, 5, 6)))).toEqual([1, 3, 5, 2, 4, 6])
  const half: SmallImage = { rows: 1, columns: 2, samples: 3, photometric: 'YBR_FULL_422' }
  expect(await read(native(half, Uint8Array.of(10, 20, 30, 40)))).toEqual([10, 30, 40, 20, 30, 40])
})

test('pixels that are too few are refused and never filled in', () => {
  const image = { rows: 2, columns: 2 }
  expect(() => native(image, Uint8Array.of(1, 2))).toThrow(/holds 2 of 4 bytes of pixels/)
})

/** One segment for each byte plane: the header, then the planes in PackBits. */
function rle(...planes: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(64)
  header.writeUInt32LE(planes.length, 0)
  let at = 64
  planes.forEach((plane, segment) => {
    header.writeUInt32LE(at, 4 + 4 * segment)
    at += plane.length
  })
  return Buffer.concat([header, ...planes.map((plane) => Buffer.from(plane))])
}

test('RLE: runs, literals and a no-operation; the high byte comes first', async () => {
  const image = { rows: 1, columns: 4, bitsAllocated: 16 }
  // High bytes 1 1 1 2; low bytes 5 6 7 8.
  const frame = rle([254, 1, 128, 0, 2], [3, 5, 6, 7, 8])
  expect(await read(packed(image, '1.2.840.10008.1.2.5', frame))).toEqual([261, 262, 263, 520])
  const cut = rle([254, 1, 0, 2], [3, 5, 6])
  await expect(read(packed(image, '1.2.840.10008.1.2.5', cut))).rejects.toMatchObject({
    code: 'TRUNCATED',
  })
})

test('RLE: long runs and literals of an odd number of pixels, with stray bits above those stored', async () => {
  const image = { rows: 1, columns: 61, bitsAllocated: 16, bitsStored: 12 }
  const places = Array.from({ length: 61 }, (_, at) => at)
  // High bytes F1, 61 times (257 − 196), of which F is no part of the pixels; low bytes 0 to 60.
  const frame = rle([196, 0xf1], [60, ...places])
  const found = await read(packed(image, '1.2.840.10008.1.2.5', frame))
  expect(found).toEqual(places.map((place) => 256 + place))
})

test('RLE: three bytes of colour and four of a deep sample come side by side', async () => {
  const colour = { rows: 1, columns: 2, samples: 3 as const, photometric: 'RGB' }
  const planes = rle([1, 1, 2], [1, 3, 4], [255, 9])
  expect(await read(packed(colour, '1.2.840.10008.1.2.5', planes))).toEqual([1, 3, 9, 2, 4, 9])
  const deep = { rows: 1, columns: 2, bitsAllocated: 32 }
  const bytes = rle([255, 1], [255, 2], [255, 3], [1, 4, 5])
  const value = 0x01_02_03_00
  expect(await read(packed(deep, '1.2.840.10008.1.2.5', bytes))).toEqual([value + 4, value + 5])
})

test('frames are found by offset table, by extended offsets, by number, and by their first marks', async () => {
  const frame = (value: number) => deflateRawSync(Buffer.of(value, value))
  const image = { rows: 1, columns: 2, frames: 2 }
  const deflated = '1.2.840.10008.1.2.8.1'
  expect(await read(packed(image, deflated, frame(1), frame(2)), 1)).toEqual([2, 2])
  const [first, second] = [frame(3), frame(4)]
  const halves = [first.subarray(0, 2), first.subarray(2), second]
  const offset = 8 + 2 + 8 + first.length - 2
  const table = openImage(packedFile(image, deflated, [0, offset], ...halves))
  expect([await read(table, 0), await read(table, 1)]).toEqual([
    [3, 3],
    [4, 4],
  ])
  const offsets = Buffer.alloc(16)
  offsets.writeUInt32LE(offset, 8)
  const extended = packedFile(
    { ...image, more: [[tags.extendedOffsets, 'OB', offsets]] },
    deflated,
    [],
    ...halves,
  )
  expect(await read(openImage(extended), 1)).toEqual([4, 4])
  expect(() =>
    openImage(packedFile({ ...image, frames: 3 }, deflated, [], ...halves.slice(1))),
  ).toThrow(/holds 1 of 3 frames/)
})

test('compressed pixels without their end are refused, as cut at any fragment', () => {
  const whole = packedFile({ rows: 1, columns: 2 }, '1.2.840.10008.1.2.5', [], rle([1, 1, 2]))
  expect(() => openImage(whole.subarray(0, -8))).toThrow(/no end after 2 fragments/)
})

test('floating-point pixels are read as they are', async () => {
  const elements = imageElements({ rows: 1, columns: 2 }, [
    0x7fe0_0008,
    'OF',
    new Uint8Array(Float32Array.of(0.5, -3).buffer),
  ])
  expect(await read(openImage(dicomFile(EXPLICIT, elements)))).toEqual([0.5, -3])
})

test('what is no image says what it is; what no codec reads says so', () => {
  const report = dicomFile(EXPLICIT, [[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.11']])
  expect(() => openImage(report)).toThrow('holds no picture (Basic Text SR (structured report))')
  expect(() => packed({ rows: 1, columns: 1 }, '1.2.840.10008.1.2.4.102', Buffer.of(1, 2))).toThrow(
    /MPEG-4 video, which cannot be read/,
  )
  const huge = [...imageElements({ rows: 60_000, columns: 60_000 }, [tags.pixels, 'OW', ''])]
  expect(() => openImage(dicomFile(EXPLICIT, huge))).toThrow(/more than 100 megapixels/)
})
