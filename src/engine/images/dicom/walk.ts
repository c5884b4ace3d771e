/**
 * Finds the elements of a data set (PS3.5 7). Values are skipped, so that the time goes with the number of elements;
 * no length is believed that leads out of the file, and nothing nests deeper than 64.
 */
import { AppError } from '../../../shared/errors.ts'
import { damaged, truncated } from '../header.ts'
import {
  type Element,
  type Elements,
  type Encoding,
  nameOfTag,
  type Stretch,
  tags,
} from './element.ts'

/** As DCMTK has it; real files stay below 10. */
const MAX_DEPTH = 64
const UNDEFINED = 0xffff_ffff

const longForm = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
])
const shortForm = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '),
)
const implicitLittle: Encoding = { littleEndian: true, explicit: false }

/** Thrown inside to tell nesting, which is never forgiven, from other faults of a skipped sequence. */
class TooDeep extends Error {}

interface Walk {
  readonly elements: Elements
  readonly end: number
}

/** The bytes of a file, read as numbers of one byte order. */
class ByteReader {
  readonly #view: DataView
  constructor(
    readonly bytes: Uint8Array,
    readonly littleEndian: boolean,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  u16 = (at: number): number => this.#view.getUint16(at, this.littleEndian)
  u32 = (at: number): number => this.#view.getUint32(at, this.littleEndian)
  tag = (at: number): number => this.u16(at) * 0x1_0000 + this.u16(at + 2)
  text = (at: number, length: number): string =>
    Buffer.from(this.bytes.buffer, this.bytes.byteOffset + at, length).toString('latin1')
}

/**
 * The elements of a whole data set. `until` ends it early: the first tag that is not wanted any more.
 * Throws TRUNCATED or DAMAGED, naming the tag and the byte.
 */
export function walkDataSet(
  bytes: Uint8Array,
  { start, end }: Stretch,
  encoding: Encoding,
  until: (tag: number) => boolean = () => false,
): Walk {
  return guarded(() => walk({ bytes, end, encoding, depth: 0, until, isItem: false }, start))
}

/** The items of a sequence, each a data set of its own. Throws as `walkDataSet`. */
export function walkItems(bytes: Uint8Array, sequence: Element): Elements[] {
  const { start, end } = sequence.value
  const found: Elements[] = []
  guarded(() =>
    walkSequence({ bytes, end, encoding: encodingOfItems(sequence), depth: 1 }, start, found),
  )
  return found
}

/** A sequence of unknown representation is written implicitly (CP-246). */
export const encodingOfItems = ({ vr, encoding }: Element): Encoding =>
  vr === 'UN' ? implicitLittle : encoding

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof TooDeep)) throw cause
    throw damaged(`sequences are nested deeper than ${MAX_DEPTH}`)
  }
}

interface Place {
  readonly bytes: Uint8Array
  readonly end: number
  readonly encoding: Encoding
  readonly depth: number
}
interface SetPlace extends Place {
  readonly until: (tag: number) => boolean
  /** Ends at an item delimiter. */
  readonly isItem: boolean
}

function walk(place: SetPlace, start: number): Walk {
  const { bytes, end, encoding, depth, until, isItem } = place
  if (depth > MAX_DEPTH) throw new TooDeep()
  const reader = new ByteReader(bytes, encoding.littleEndian)
  const elements = new Map<number, Element>()
  let at = start
  while (at < end) {
    if (end - at < 8) {
      if (isBlank(bytes, at, end) || (depth === 0 && elements.has(tags.pixels))) break
      throw truncated(`the file ends inside the element at byte ${at}`)
    }
    const tag = reader.tag(at)
    if (tag === 0 && depth === 0 && elements.size > 0 && isBlank(bytes, at, end)) break
    if (until(tag)) break
    if (tag === tags.itemEnd) {
      if (isItem) return { elements, end: at + 8 }
      at += 8
      continue
    }
    if (tag === tags.sequenceEnd) {
      at += 8
      continue
    }
    const element = readElementOrRest(place, reader, at, tag, elements)
    if (!element) break
    if (!elements.has(tag)) elements.set(tag, element)
    at = element.end
  }
  return { elements, end: at }
}

/** Undefined for bytes behind the pixels that are no element: what devices and archives fill files up with. */
function readElementOrRest(
  place: SetPlace,
  reader: ByteReader,
  at: number,
  tag: number,
  elements: Elements,
): Element | undefined {
  try {
    return readElement(place, reader, at, tag)
  } catch (cause) {
    if (place.depth === 0 && elements.has(tags.pixels) && cause instanceof AppError) return
    throw cause
  }
}

const isBlank = (bytes: Uint8Array, from: number, to: number) =>
  bytes.subarray(from, to).every((byte) => byte === 0)

function readElement(place: SetPlace, reader: ByteReader, start: number, tag: number): Element {
  const { bytes, end, depth } = place
  const { vr, length, valueAt } = readHead(place, reader, start)
  const element = { tag, vr, start, encoding: place.encoding }
  if (length !== UNDEFINED) {
    if (lacksFilling(place, tag, valueAt + length)) {
      return { ...element, value: { start: valueAt, end }, end }
    }
    if (valueAt + length > end) {
      throw truncated(
        `${nameOfTag(tag)} at byte ${start} has ${length} bytes, of which ${Math.max(0, end - valueAt)} are there`,
      )
    }
    const whole = {
      ...element,
      value: { start: valueAt, end: valueAt + length },
      end: valueAt + length,
    }
    if (vr === 'SQ') checkDepth(bytes, whole, depth)
    return whole
  }
  if (tag === tags.pixels) {
    const { fragments, end: behind } = readFragments(reader, end, valueAt)
    return { ...element, value: { start: valueAt, end: behind }, end: behind, fragments }
  }
  const inner = { bytes, end, encoding: place.encoding, depth: depth + 1 }
  if (vr !== 'UN') {
    const behind = walkSequence(inner, valueAt, undefined, tag)
    return { ...element, value: { start: valueAt, end: behind }, end: behind }
  }
  const behind = unknownSequenceEnd(inner, valueAt, tag)
  return { ...element, value: { start: valueAt, end: behind }, end: behind }
}

/** Pixels whose last byte is missing: if it made their number even, as some writers count it and forget it, they are whole. */
const lacksFilling = ({ end, depth }: SetPlace, tag: number, valueEnd: number): boolean =>
  depth === 0 && tag === tags.pixels && valueEnd === end + 1

/** Implicit by CP-246; some writers keep their explicit representations all the same. */
function unknownSequenceEnd(place: Place, start: number, tag: number): number {
  try {
    return walkSequence({ ...place, encoding: implicitLittle }, start, undefined, tag)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return walkSequence(place, start, undefined, tag)
  }
}

/** A sequence that only has to be skipped is forgiven everything but its depth. */
function checkDepth(bytes: Uint8Array, { value, encoding }: Element, depth: number): void {
  try {
    walkSequence({ bytes, end: value.end, encoding, depth: depth + 1 }, value.start)
  } catch (cause) {
    if (cause instanceof TooDeep) throw cause
  }
}

function readHead({ end, encoding }: SetPlace, reader: ByteReader, start: number) {
  const letters = reader.text(start + 4, 2)
  if (!encoding.explicit || !/^[A-Z]{2}$/.test(letters)) {
    const length = reader.u32(start + 4)
    // Some writers leave the representation out of single elements, others put blanks or question marks there.
    if (!encoding.explicit || length === UNDEFINED || start + 8 + length <= end) {
      return { vr: undefined, length, valueAt: start + 8 }
    }
    return { vr: undefined, length: reader.u16(start + 6), valueAt: start + 8 }
  }
  // A representation that is not known yet has the long form (PS3.5 6.2.2).
  const isLong = longForm.has(letters) || (!shortForm.has(letters) && reader.u16(start + 6) === 0)
  if (!isLong) return { vr: letters, length: reader.u16(start + 6), valueAt: start + 8 }
  if (start + 12 > end) throw truncated(`the file ends inside the element at byte ${start}`)
  return { vr: letters, length: reader.u32(start + 8), valueAt: start + 12 }
}

/** The byte behind the sequence; its items go into `found`. */
function walkSequence(place: Place, start: number, found?: Elements[], tag?: number): number {
  const { bytes, end, encoding, depth } = place
  if (depth > MAX_DEPTH) throw new TooDeep()
  const reader = new ByteReader(bytes, encoding.littleEndian)
  let at = start
  while (at < end) {
    if (end - at < 8) throw truncated(`the file ends inside a sequence at byte ${at}`)
    const mark = reader.tag(at)
    const length = reader.u32(at + 4)
    if (mark === tags.sequenceEnd) return at + 8
    if (mark !== tags.item) {
      throw damaged(
        `a sequence${tag === undefined ? '' : ` ${nameOfTag(tag)}`} has no item at byte ${at}`,
      )
    }
    const inner = { bytes, encoding, depth, until: () => false }
    if (length === UNDEFINED) {
      const item = walk({ ...inner, end, isItem: true }, at + 8)
      found?.push(item.elements)
      at = item.end
      continue
    }
    const itemEnd = at + 8 + length
    if (itemEnd > end) throw truncated(`the item at byte ${at} reaches beyond its end`)
    const item = walk({ ...inner, end: itemEnd, isItem: false }, at + 8)
    found?.push(item.elements)
    at = itemEnd
  }
  if (tag !== undefined) throw truncated(`the sequence ${nameOfTag(tag)} has no end`)
  return at
}

function readFragments(reader: ByteReader, end: number, start: number) {
  const fragments: Stretch[] = []
  let at = start
  for (;;) {
    if (end - at < 8)
      throw truncated(`the compressed pixels have no end after ${fragments.length} fragments`)
    const mark = reader.tag(at)
    const length = reader.u32(at + 4)
    if (mark === tags.sequenceEnd) return { fragments, end: at + 8 }
    if (mark !== tags.item) throw damaged(`the compressed pixels have no fragment at byte ${at}`)
    if (at + 8 + length > end) {
      throw truncated(
        `fragment ${fragments.length} of the compressed pixels has ${length} bytes, of which ${end - at - 8} are there`,
      )
    }
    fragments.push({ start: at + 8, end: at + 8 + length })
    at += 8 + length
    // Lengths are even; of writers that tell the odd number of bytes some fill up to an even one, others do not.
    if (length % 2 === 1 && end - at > 8 && !isMark(reader, at) && isMark(reader, at + 1)) at++
  }
}

const isMark = (reader: ByteReader, at: number) => {
  const tag = reader.tag(at)
  return tag === tags.item || tag === tags.sequenceEnd
}
