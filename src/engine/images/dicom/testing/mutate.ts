/** Damages a DICOM file as bad discs, bad writers and bad people do; the same chance gives the same damage. */
import type { Element } from '../element.ts'
import { openDicom } from '../openDicom.ts'

interface Chance {
  /** A whole number from 0 to `below` − 1. */
  readonly below: (below: number) => number
  readonly oneOf: <T>(choices: readonly T[]) => T
}

/** Mulberry32, which gives the same numbers for the same seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, oneOf: (choices) => choices[below(choices.length)]! }
}

type Mutator = (file: Buffer, element: Element, chance: Chance) => Buffer

const letters =
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV ?? ZZ'
const digits = '0123456789.\\-+eE \0'
const extremes = [0, 1, 2, 3, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xfffe, 0xffff]
const longExtremes = [...extremes, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

function written(file: Buffer, at: number, bytes: Uint8Array): Buffer {
  const from = Math.min(Math.max(0, at), file.length)
  const copy = Buffer.from(file)
  copy.set(bytes.subarray(0, copy.length - from), from)
  return copy
}
const u16 = (value: number) => Buffer.of(value & 0xff, (value >> 8) & 0xff)
const u32 = (value: number) => Buffer.of(value & 0xff, value >>> 8, value >>> 16, value >>> 24)

const spliced = (file: Buffer, from: number, to: number, inserted: Uint8Array) =>
  Buffer.concat([file.subarray(0, from), inserted, file.subarray(to)])

const noise = (count: number, { below }: Chance) =>
  Buffer.from(Array.from({ length: count }, () => below(256)))

/** Sequences in sequences, none of which ends. */
const nest = (levels: number) =>
  Buffer.concat(
    Array.from({ length: levels }, () =>
      Buffer.from('09001110535100' + '00ffffffff' + 'feff00e0ffffffff', 'hex'),
    ),
  )

const mutators: Readonly<Record<string, Mutator>> = {
  'bits of the head': (file, { start, value }, { below }) => {
    const at = start + below(Math.max(1, value.start - start))
    return written(file, at, Buffer.of((file[at] ?? 0) ^ (1 << below(8))))
  },
  'a representation': (file, { start }, { oneOf }) =>
    written(file, start + 4, Buffer.from(oneOf(letters.split(' ')))),
  'a short length': (file, { start }, { oneOf }) => written(file, start + 6, u16(oneOf(extremes))),
  'a long length': (file, { value }, { oneOf }) =>
    written(file, value.start - 4, u32(oneOf(longExtremes))),
  'a number': (file, { value }, { oneOf }) => written(file, value.start, u16(oneOf(extremes))),
  'a value of noise': (file, { value }, chance) =>
    written(file, value.start, noise(Math.min(16, value.end - value.start), chance)),
  'a digit': (file, { value }, { below }) =>
    written(
      file,
      value.start + below(Math.max(1, value.end - value.start)),
      Buffer.from(digits.charAt(below(digits.length))),
    ),
  'a tag': (file, { start }, { below }) => written(file, start + below(4), Buffer.of(below(256))),
  'bytes anywhere': (file, _, chance) =>
    written(file, chance.below(file.length), noise(1 + chance.below(8), chance)),
  'bytes taken out': (file, { start }, { below }) =>
    spliced(file, start, start + 1 + below(24), Buffer.alloc(0)),
  'bytes put in': (file, { start }, chance) =>
    spliced(file, start, start, noise(1 + chance.below(24), chance)),
  'an element twice': (file, { start, end }, { below }) =>
    spliced(file, end, end, file.subarray(start, Math.min(end, start + below(4096)))),
  'an element left out': (file, { start, end }) => spliced(file, start, end, Buffer.alloc(0)),
  'sequences without end': (file, { start }, { below }) =>
    spliced(file, start, start, nest(1 + below(200))),
  'a cut': (file, _, { below }) => file.subarray(0, below(file.length)),
  'a stretch of zero bytes': (file, _, { below }) =>
    written(file, below(file.length), Buffer.alloc(1 + below(64))),
}

interface Mutant {
  readonly bytes: Buffer
  /** What was done to it, in order. */
  readonly how: readonly string[]
}

/** One to three damages, each at an element of the file or anywhere in it. */
export function mutant(file: Buffer, chance: Chance): Mutant {
  const { meta, dataSet, bytes } = openDicom(file)
  // Elements of a deflated data set lie in other bytes.
  const elements = [...meta.elements.values(), ...(bytes === file ? dataSet.elements.values() : [])]
  const whole: Element = {
    ...{ tag: 0, vr: undefined, start: 0, end: file.length },
    ...{ value: { start: 0, end: file.length }, encoding: { littleEndian: true, explicit: true } },
  }
  const how: string[] = []
  let damaged = file
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const name = chance.oneOf(Object.keys(mutators))
    how.push(name)
    damaged = mutators[name]!(damaged, chance.oneOf([...elements, whole]), chance)
    if (damaged.length === 0) break
  }
  return { bytes: damaged, how }
}
