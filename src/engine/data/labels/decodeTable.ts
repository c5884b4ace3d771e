/** The text of a table, and its encoding where nobody wrote it down. */
import type { TableEncoding } from '../../../shared/domain/tableEncoding.ts'

export interface DecodedTable {
  readonly text: string
  readonly encoding: TableEncoding
}

/** Without a mark of order at the beginning. What is no letter in a chosen encoding becomes U+FFFD. */
export function decodeTable(bytes: Uint8Array, chosen?: TableEncoding): DecodedTable {
  const encoding = chosen ?? guess(bytes)
  return { text: decode(bytes, encoding).replace(/^\uFEFF/, ''), encoding }
}

/** A mark at the beginning decides; without one UTF-16 is told by its zero bytes and UTF-8 by its validity. */
function guess(bytes: Uint8Array): TableEncoding {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (mark.startsWith('efbbbf')) return 'UTF-8'
  // Before UTF-16, whose mark begins that of UTF-32.
  if (mark === 'fffe0000') return 'UTF-32 LE'
  if (mark === '0000feff') return 'UTF-32 BE'
  if (mark.startsWith('fffe')) return 'UTF-16 LE'
  if (mark.startsWith('feff')) return 'UTF-16 BE'
  const zeros = placeOfZeros(bytes)
  if (zeros) return zeros
  const text = utf8(bytes)
  const [bad, good] = [count(text, /\uFFFD/g), count(text, /[^\0-\x7F\uFFFD]/g)]
  // A slip in a few rows does not make all the others Windows-1252.
  return bad === 0 || good > bad ? 'UTF-8' : 'Windows-1252'
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

function decode(bytes: Uint8Array, encoding: TableEncoding): string {
  if (encoding === 'UTF-8') return utf8(bytes)
  if (encoding === 'UTF-16 LE' || encoding === 'UTF-16 BE') return utf16(bytes, encoding)
  if (encoding === 'UTF-32 LE' || encoding === 'UTF-32 BE') return utf32(bytes, encoding)
  if (encoding === 'Windows-1252') return windows1252(bytes)
  return new TextDecoder(encoding).decode(bytes)
}

const utf8 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') // prettier-ignore

function utf16(bytes: Uint8Array, encoding: 'UTF-16 LE' | 'UTF-16 BE'): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  if (encoding === 'UTF-16 BE') even.swap16()
  return even.toString('utf16le')
}

function utf32(bytes: Uint8Array, encoding: 'UTF-32 LE' | 'UTF-32 BE'): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % 4))
  const letters: string[] = []
  for (let at = 0; at < view.byteLength; at += 4) {
    const point = view.getUint32(at, encoding === 'UTF-32 LE')
    letters.push(point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point))
  }
  return letters.join('')
}

/** Text of Western scripts has a zero in every second byte of UTF-16, and none otherwise. */
function placeOfZeros(bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | undefined {
  const head = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]!++
  })
  const [even, odd] = [zeros[0]!, zeros[1]!]
  if (odd > head.length / 5 && even < odd / 10) return 'UTF-16 LE'
  if (even > head.length / 5 && odd < even / 10) return 'UTF-16 BE'
  return undefined
}

/** Node 20's TextDecoder takes Windows-1252 for Latin-1. What it has where Latin-1 has control characters (WHATWG Encoding); the five gaps stay what they are. */
const from80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ'

const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\x80-\x9F]/g, (character) => from80[character.charCodeAt(0) - 0x80]!)
