/** Damages files as bad discs, bad writers and bad people do; the same chance gives the same damage. */
import { crc32 } from '../../src/engine/images/crc32.ts'
import type { chanceOf } from '../../src/engine/images/dicom/testing/mutate.ts'

type Chance = ReturnType<typeof chanceOf>
export type Damage = (file: Buffer, chance: Chance) => Buffer

const extremes = [0, 1, 2, 0x7f, 0x80, 0xff]
const longExtremes = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff]

const noise = (count: number, { below }: Chance) =>
  Buffer.from(Array.from({ length: count }, () => below(256)))

const spliced = (file: Buffer, from: number, to: number, inserted: Uint8Array) =>
  Buffer.concat([file.subarray(0, from), inserted, file.subarray(to)])

function written(file: Buffer, at: number, bytes: Uint8Array): Buffer {
  const copy = Buffer.from(file)
  copy.set(bytes.subarray(0, Math.max(0, copy.length - at)), at)
  return copy
}

function u32(value: number, bigEndian: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  if (bigEndian) bytes.writeUInt32BE(value)
  else bytes.writeUInt32LE(value)
  return bytes
}

/** Heads of files hold what their readers believe; half of the damages go there. */
const place = (file: Buffer, { below }: Chance) =>
  below(2) === 0 ? below(Math.min(64, file.length)) : below(file.length)

const bytewise: readonly Damage[] = [
  (file, chance) => {
    const at = place(file, chance)
    return written(file, at, Buffer.of((file[at] ?? 0) ^ (1 << chance.below(8))))
  },
  (file, chance) => written(file, place(file, chance), Buffer.of(chance.oneOf(extremes))),
  (file, chance) => written(file, place(file, chance), u32(chance.oneOf(longExtremes), chance.below(2) === 0)), // prettier-ignore
  (file, chance) => written(file, place(file, chance), noise(1 + chance.below(16), chance)),
  (file, chance) => {
    const at = place(file, chance)
    return spliced(file, at, at + 1 + chance.below(32), Buffer.alloc(0))
  },
  (file, chance) => {
    const at = place(file, chance)
    return spliced(file, at, at, noise(1 + chance.below(32), chance))
  },
  (file, chance) => {
    const at = place(file, chance)
    return spliced(file, at, at, file.subarray(at, at + 1 + chance.below(256)))
  },
  (file, { below }) => file.subarray(0, below(file.length)),
  (file, chance) => written(file, place(file, chance), Buffer.alloc(1 + chance.below(64))),
]

/** One to three damages out of a list. */
const someOf =
  (damages: readonly Damage[]): Damage =>
  (file, chance) => {
    let bytes = file
    for (let times = 1 + chance.below(3); times > 0 && bytes.length > 0; times--) {
      bytes = chance.oneOf(damages)(bytes, chance)
    }
    return bytes
  }

export const damaged: Damage = someOf(bytewise)

/** As `damaged`, and in half of the cases with check sums that fit, so that what is behind them is reached. */
export const pngDamaged: Damage = (file, chance) => {
  const bytes = damaged(file, chance)
  return chance.below(2) === 0 ? bytes : withCheckSums(bytes)
}

/** PNG, 5.3: length, type, data, CRC-32 of type and data. */
function withCheckSums(file: Buffer): Buffer {
  const copy = Buffer.from(file)
  for (let at = 8; at + 12 <= copy.length;) {
    const end = at + 8 + copy.readUInt32BE(at)
    if (end + 4 > copy.length) break
    copy.writeUInt32BE(crc32(copy, at + 4, end), end)
    at = end + 4
  }
  return copy
}

const words = ['"', '""', ',', ';', '\t', '\n', '\r\n', '\0', '__proto__', '../', '=1+1', '-1', '1e999', 'NaN', 'null', '[]', '{}', '9'.repeat(400), 'x'.repeat(70_000)] // prettier-ignore

/** Also by words that mean something in tables and in JSON. */
export const textDamaged: Damage = someOf([
  ...bytewise,
  ...Array.from({ length: 5 }, (): Damage => (file, chance) => {
    const at = chance.below(file.length)
    return spliced(file, at, at + chance.below(12), Buffer.from(chance.oneOf(words)))
  }),
])
