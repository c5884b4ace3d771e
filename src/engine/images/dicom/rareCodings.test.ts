import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openImage } from './image.ts'
import { dicomFile, fragments, imageElements, type Written } from './testing/writeDicom.ts'

/** Made by scripts/fixtures/dicom_codestreams.py with libjxl and libjpeg-turbo. */
const streams = z
  .record(z.string(), z.string())
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../tests/fixtures/dicom/codestreams.json', import.meta.url),
        'utf8',
      ),
    ),
  )
const expected = Array.from(
  { length: 256 },
  (_, at) => (7 * Math.floor(at / 16) + 5 * (at % 16)) % 256,
)

/** The film as an encapsulated object; `cut` bytes of its codestream are missing. */
function film(uid: string, cut = 0): Buffer {
  const stream = Buffer.from(streams[uid]!, 'base64')
  const plain = imageElements({ rows: 16, columns: 16 }, [0x7fe0_0010, 'OB', ''])
  return Buffer.concat([
    dicomFile(uid, plain.slice(0, -1)),
    fragments([], stream.subarray(0, stream.length - cut)),
  ])
}

test.each([
  ['JPEG XL', '1.2.840.10008.1.2.4.110'],
  ['JPEG with arithmetic coding', '1.2.840.10008.1.2.4.52'],
  ['progressive JPEG with arithmetic coding', '1.2.840.10008.1.2.4.56'],
])('%s is read value by value, and refused where half of it is missing', async (_, uid) => {
  expect([...(await openImage(film(uid)).frames.read(0))]).toEqual(expected)
  const cut = Math.floor(Buffer.from(streams[uid]!, 'base64').length / 2)
  const half = async () => openImage(film(uid, cut)).frames.read(0)
  await expect(half()).rejects.toMatchObject({ name: 'AppError' })
})

test('lossless JPEG with arithmetic coding is refused by its name', async () => {
  const uid = '1.2.840.10008.1.2.4.52'
  const bytes = film(uid)
  // SOF9 made SOF11: the same frame by prediction instead of by cosine transform.
  bytes[bytes.indexOf(Buffer.from([0xff, 0xc9])) + 1] = 0xcb
  const read = async () => openImage(bytes).frames.read(0)
  await expect(read()).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    message: expect.stringContaining('JPEG lossless with arithmetic coding') as string,
  })
})

test('a palette in segments is unfolded: steps, a slope, and a segment used again', async () => {
  // Discrete 10, 20; linear over 3 entries to 50 (30, 40, 50); the two segments from byte 0 on once more.
  const segments = [0, 2, 10, 20, 1, 3, 50, 2, 2, 0, 0]
  const palette = (at: number): Written[] => [
    [0x0028_1101 + at, 'US', [10, 0, 16]],
    [
      0x0028_1221 + at,
      'OW',
      segments.map((value, place) => (isValue(place) ? value * 257 : value)),
    ],
  ]
  const indices: Written = [0x7fe0_0010, 'OB', Uint8Array.of(0, 1, 2, 3, 4, 9)]
  const more = [...palette(0), ...palette(1), ...palette(2)].sort(([a], [b]) => a - b)
  const image = openImage(
    dicomFile(
      '1.2.840.10008.1.2.1',
      imageElements({ rows: 1, columns: 6, photometric: 'PALETTE COLOR', more }, indices),
    ),
  )
  const rgb = image.rgb(await image.frames.read(0))
  const red = [...rgb].filter((_, at) => at % 3 === 0)
  expect(red).toEqual([10, 20, 30, 40, 50, 50])
})

/** Entries of the palette among the words of its segments; 16 bits deep, so 257 for each step of 8. */
const isValue = (place: number) => [2, 3, 6].includes(place)
