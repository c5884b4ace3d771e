/** Values of a data set. What is absent or empty is undefined; what cannot be what it should be is an error. */
import { damaged } from '../header.ts'
import { decodeText } from './characterSets.ts'
import { type Element, type Elements, nameOfTag, tags } from './element.ts'
import { quoted } from './quoted.ts'
import { walkItems } from './walk.ts'

export class DataSet {
  readonly characterSet: string

  constructor(
    readonly bytes: Uint8Array,
    readonly elements: Elements,
    inheritedCharacterSet = '',
  ) {
    this.characterSet = this.ascii(tags.characterSet) ?? inheritedCharacterSet
  }

  has = (tag: number): boolean => this.elements.has(tag)

  element = (tag: number): Element | undefined => this.elements.get(tag)

  /** The raw value; undefined when absent or empty. */
  value(tag: number): Uint8Array | undefined {
    const element = this.elements.get(tag)
    if (!element || element.value.end === element.value.start) return undefined
    return this.bytes.subarray(element.value.start, element.value.end)
  }

  /** Text of codes, numbers and UIDs, blanks at the ends left out; several values are parted by «\». */
  ascii(tag: number): string | undefined {
    const value = this.value(tag)
    if (!value) return undefined
    return trimmed(Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1'))
  }

  /** Text for people, in the data set's character set. */
  text(tag: number): string | undefined {
    const value = this.value(tag)
    return value && trimmed(decodeText(value, this.characterSet))
  }

  /** Decimal numbers written as text (DS, IS). Throws DAMAGED for what is none. */
  decimals(tag: number): number[] | undefined {
    const element = this.elements.get(tag)
    if (element?.vr !== undefined && element.vr in numberReaders) return this.numbers(tag)
    const text = this.ascii(tag)
    if (text === undefined || text === '') return undefined
    return text.split('\\').map((word) => {
      const number = decimalOf(word)
      if (number === undefined)
        throw damaged(`${nameOfTag(tag)} is «${quoted(word)}», which is no number`)
      return number
    })
  }

  /** As `decimals`, each for itself: undefined in the place of what is no number. */
  decimalPlaces(tag: number): (number | undefined)[] {
    const element = this.elements.get(tag)
    if (element?.vr !== undefined && element.vr in numberReaders) return this.numbers(tag) ?? []
    const text = this.ascii(tag)
    return text === undefined || text === '' ? [] : text.split('\\').map(decimalOf)
  }

  /** As `decimals`, but undefined also for what is no number: for values that the film can be shown without. */
  decimalsIfAny(tag: number): number[] | undefined {
    try {
      return this.decimals(tag)
    } catch {
      return undefined
    }
  }

  /** Binary numbers, by the representation that the file names, or else by `vr`; some writers put words there. */
  numbers(tag: number, vr = 'US'): number[] | undefined {
    const element = this.elements.get(tag)
    const value = this.value(tag)
    if (!element || !value) return undefined
    if (element.vr !== undefined && wordy.has(element.vr)) return this.decimals(tag)
    const named = element.vr !== undefined && element.vr in numberReaders ? element.vr : vr
    const known = numberReaders[named] ?? numberReaders['US']!
    // Writers without representations put four bytes where two belong.
    const { size, read } =
      element.vr === undefined && value.length === 4 && known.size === 2 && !isPair(tag)
        ? numberReaders[named === 'SS' ? 'SL' : 'UL']!
        : known
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
    return Array.from({ length: Math.floor(value.length / size) }, (_, at) =>
      read(view, at * size, element.encoding.littleEndian),
    )
  }

  number = (tag: number, vr = 'US'): number | undefined => this.numbers(tag, vr)?.[0]

  /** Items of a sequence; empty when absent. */
  items(tag: number): DataSet[] {
    const element = this.elements.get(tag)
    if (!element) return []
    return walkItems(this.bytes, element).map(
      (elements) => new DataSet(this.bytes, elements, this.characterSet),
    )
  }
}

/** Elements of two short numbers, which four bytes are in order for: the aspect ratio, and the origins of overlays. */
const isPair = (tag: number) => tag === 0x0028_0034 || (tag & 0xff00_ffff) === 0x6000_0050

/** Representations that are text, numbers also where they should be binary. */
const wordy = new Set(['IS', 'DS', 'LO', 'SH', 'CS', 'ST', 'LT', 'UT', 'UC'])

interface NumberReader {
  readonly size: number
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number
}
const numberReaders: Readonly<Record<string, NumberReader>> = {
  US: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  OW: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  UL: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  FL: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  FD: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  OV: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  UV: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
}

/** Values are padded to an even length with a blank or a zero byte. */
const trimmed = (text: string): string => text.replace(/[\0 ]+$/, '').replace(/^ +/, '')

function decimalOf(word: string): number | undefined {
  const number = word.trim() === '' ? NaN : Number(word)
  return Number.isFinite(number) ? number : undefined
}
