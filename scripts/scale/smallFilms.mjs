/** Many small films, each another picture, that cost next to nothing to make. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

const SIDE = 64
const classes = ['NORMAL', 'PNEUMONIA']

/** Grey PNG files of two classes, two films a patient; every hundredth is equal to the one before. Returns the folder. */
export function writeSmallFilms(folder, count) {
  for (const name of classes) mkdirSync(join(folder, name), { recursive: true })
  let film
  for (let at = 0; at < count; at++) {
    if (at % 100 !== 99) film = pngOf(at)
    const name = `person${Math.floor(at / 2)}_virus_${at}.png`
    writeFileSync(join(folder, classes[Math.floor(at / 200) % 2], name), film)
  }
  return folder
}

/** Noise of a generator of its own (Knuth's MMIX numbers, the upper bits) over a soft shape. */
function pngOf(seed) {
  let state = BigInt(seed + 1)
  const lines = Buffer.alloc(SIDE * (SIDE + 1))
  for (let y = 0; y < SIDE; y++) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    const row = Number(state >> 40n)
    for (let x = 0; x < SIDE; x++) {
      const shape = 90 + 60 * Math.sin((x * (3 + (seed % 7))) / SIDE + (row & 255) / 80)
      lines[y * (SIDE + 1) + x + 1] = shape + ((row >> (x % 16)) & 63)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIDE, 0)
  header.writeUInt32BE(SIDE, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = chunk('IDAT', deflateSync(lines, { level: 1 }))
  return Buffer.concat([mark, chunk('IHDR', header), body, chunk('IEND', Buffer.alloc(0))])
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function chunk(type, content) {
  const bytes = Buffer.alloc(12 + content.length)
  bytes.writeUInt32BE(content.length, 0)
  bytes.write(type, 4, 'latin1')
  content.copy(bytes, 8)
  let crc = 0xffffffff
  for (const byte of bytes.subarray(4, 8 + content.length)) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8) // prettier-ignore
  bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 8 + content.length)
  return bytes
}
