/** Grey or colour with 8 bits: what networks, thumbnails and the viewer take. */
import type { Raster } from './raster.ts'

/** Depths that scanners and detectors use; a file with 16 bits a sample often holds fewer. */
const usualBits = [8, 10, 12, 14, 16] as const

/**
 * The number of bits that the film's values need, as a usual depth: a 12-bit film in a 16-bit file is
 * taken for one of 12 bits, or it would be almost black.
 */
export function usedBits({ bitsStored, samples }: Raster): number {
  if (bitsStored <= 8) return bitsStored
  let maximum = 0
  for (const value of samples) if (value > maximum) maximum = value
  return usualBits.find((bits) => maximum < 2 ** bits) ?? 16
}

/**
 * [rows, columns, channels] from 0 to 255. Black stays 0 and the highest value of the film's effective
 * depth becomes 255. Grey films repeat in three channels; colour becomes luminance in one:
 * Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, as JPEG and Pillow have it).
 */
export function toEightBits(raster: Raster, channels: 1 | 3): Uint8Array {
  const same = channels === raster.samplesPerPixel ? raster.samples : undefined
  const eight = scaled(
    same ?? (channels === 1 ? luminance(raster.samples) : repeated(raster)),
    raster,
  )
  return raster.turned ? eight.map((value) => 255 - value) : eight
}

/** One channel at the stored depth; colour becomes luminance. */
export const toGrey = (raster: Raster): Uint8Array | Uint16Array =>
  raster.samplesPerPixel === 1 ? raster.samples : luminance(raster.samples)

function scaled(samples: Uint8Array | Uint16Array, raster: Raster): Uint8Array {
  const bits = usedBits(raster)
  if (bits === 8 && samples instanceof Uint8Array) return samples
  const factor = 255 / (2 ** bits - 1)
  const eight = new Uint8Array(samples.length)
  // An integer array cuts off, so that one half more rounds.
  for (let at = 0; at < samples.length; at++) eight[at] = samples[at]! * factor + 0.5
  return eight
}

/** [pixels] of [pixels, 3], of the same depth: Y = 0.299 R + 0.587 G + 0.114 B. */
export function luminance(samples: Uint8Array | Uint16Array): Uint8Array | Uint16Array {
  const pixels = samples.length / 3
  const grey = samples instanceof Uint8Array ? new Uint8Array(pixels) : new Uint16Array(pixels)
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
    const sum = 299 * samples[at]! + 587 * samples[at + 1]! + 114 * samples[at + 2]!
    grey[pixel] = Math.floor((sum + 500) / 1000)
  }
  return grey
}

function repeated({ samples }: Raster): Uint8Array | Uint16Array {
  const length = samples.length * 3
  const three = samples instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length)
  for (let at = 0; at < length; at++) three[at] = samples[Math.floor(at / 3)]!
  return three
}
