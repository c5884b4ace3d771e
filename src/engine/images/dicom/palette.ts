/** Colours of a palette (PS3.3 C.7.9), plain or in segments (C.7.9.2). */
import { damaged } from '../header.ts'
import type { DataSet } from './dataSet.ts'
import { readDescriptor, readEntries } from './lookupTables.ts'
import type { StoredSamples } from './storedValues.ts'

interface Channel {
  readonly first: number
  /** 0–255. */
  readonly entries: Uint8Array
}

const channels = [0, 1, 2] as const
const descriptorTag = (channel: number) => 0x0028_1101 + channel
const dataTag = (channel: number) => 0x0028_1201 + channel
const segmentedTag = (channel: number) => 0x0028_1221 + channel

/** Red, green, blue of each pixel, 0–255. Throws DAMAGED without a whole palette. */
export function coloured(dataSet: DataSet, indices: StoredSamples, signed: boolean): Uint8Array {
  const palette = channels.map((channel) => readChannel(dataSet, channel, signed))
  const colours = new Uint8Array(indices.length * 3)
  for (const channel of channels) {
    const { first, entries } = palette[channel]!
    const last = entries.length - 1
    for (let pixel = 0, to = channel; pixel < indices.length; pixel++, to += 3) {
      colours[to] = entries[Math.min(Math.max(indices[pixel]! - first, 0), last)]!
    }
  }
  return colours
}

function readChannel(dataSet: DataSet, channel: number, signed: boolean): Channel {
  const { count, first, bits } = readDescriptor(dataSet, descriptorTag(channel), signed)
  const entries = dataSet.has(segmentedTag(channel))
    ? expanded(dataSet, segmentedTag(channel), count, bits)
    : readEntries(dataSet, dataTag(channel), count, bits)
  // Some writers announce 16 bits and use 8.
  const isWide = bits > 8 && entries.some((entry) => entry > 255)
  return {
    first,
    entries: Uint8Array.from(entries, (entry) => (isWide ? entry >> (bits - 8) : entry)),
  }
}

/** Segments: 0 as they are, 1 straight to a value, 2 again what began at an offset. */
function expanded(dataSet: DataSet, tag: number, count: number, bits: number): Uint16Array {
  const value = dataSet.value(tag) ?? new Uint8Array()
  const size = bits > 8 ? 2 : 1
  const words = readEntries(dataSet, tag, Math.floor(value.length / size), bits > 8 ? 16 : 8)
  const entries: number[] = []
  const run = (from: number, segments: number): number => {
    let at = from
    for (let done = 0; at + 1 < words.length && done < segments && entries.length < count; done++) {
      const kind = words[at]!
      const length = words[at + 1]!
      at += 2
      if (kind === 0) {
        for (let entry = 0; entry < length; entry++) entries.push(words[at + entry] ?? 0)
        at += length
      } else if (kind === 1) {
        const start = entries.at(-1) ?? 0
        const goal = words[at++] ?? 0
        for (let step = 1; step <= length; step++) {
          entries.push(Math.round(start + ((goal - start) * step) / length))
        }
      } else if (kind === 2) {
        const offset = size === 2 ? words[at]! + words[at + 1]! * 65_536 : byteOffset(words, at)
        at += size === 2 ? 2 : 4
        if (offset / size >= from && from > 0) throw damaged('a palette repeats itself for ever')
        run(offset / size, length)
      } else throw damaged(`a palette has a segment of kind ${kind}`)
    }
    return at
  }
  run(0, Infinity)
  if (entries.length < count) throw damaged(`a palette has ${entries.length} of ${count} colours`)
  return Uint16Array.from(entries.slice(0, count))
}

const byteOffset = (words: Uint16Array, at: number) =>
  words[at]! + words[at + 1]! * 2 ** 8 + words[at + 2]! * 2 ** 16 + words[at + 3]! * 2 ** 24
