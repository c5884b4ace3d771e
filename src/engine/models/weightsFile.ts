/** `weights.bin`: the arrays of a network one after the other, little-endian float32. */
import { createHash } from 'node:crypto'
import type { WeightEntry } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray } from '../graph/network.ts'
import { sizeOf } from './layerWeights.ts'

/** The bytes of the arrays without a copy; every machine that TensorFlow runs on is little-endian. */
export const weightBytes = (weights: readonly NamedArray[]): Uint8Array[] =>
  weights.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength))

export const weightEntries = (weights: readonly NamedArray[]): WeightEntry[] =>
  weights.map(({ name, shape }) => ({ name, shape: [...shape] }))

/** Bytes that arrays of these shapes take. */
export const bytesOf = (entries: readonly { readonly shape: readonly number[] }[]): number =>
  entries.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0)

/** SHA-256 of the parts in order, hexadecimal. */
export function sha256(parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/**
 * The arrays in `bytes`, which holds exactly what `entries` ask for (the caller has checked).
 * Throws BAD_MODEL, naming `file` and the array, when a value is not finite.
 */
export function parseWeights(
  file: string,
  bytes: Uint8Array,
  entries: readonly WeightEntry[],
): NamedArray[] {
  const all = new Float32Array(new Uint8Array(bytes).buffer)
  let offset = 0
  return entries.map(({ name, shape }) => {
    const values = all.subarray(offset, (offset += sizeOf(shape)))
    const bad = values.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) {
      throw new AppError('BAD_MODEL', `${file}: ${name}: value ${bad + 1} is ${values[bad]!}`)
    }
    return { name, shape, values }
  })
}

/** Numbers of one kind, checked like weights. Throws BAD_MODEL, naming `file`. */
export const parseNumbers = (file: string, bytes: Uint8Array): Float32Array =>
  parseWeights(file, bytes, [{ name: 'numbers', shape: [bytes.byteLength / 4] }])[0]!.values
