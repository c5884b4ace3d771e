/** `weights.bin`: the arrays of a network one after the other, little-endian float32, or float16 where the list says so. */
import { createHash } from 'node:crypto'
import type { WeightEntry } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray } from '../graph/network.ts'
import { fromHalves, toHalves } from './float16.ts'
import { sizeOf } from './layerWeights.ts'

/** The bytes of the arrays without a copy; every machine that TensorFlow runs on is little-endian. */
export const weightBytes = (weights: readonly NamedArray[]): Uint8Array[] =>
  weights.map(({ values }) => bytesIn(values))

export const weightEntries = (weights: readonly NamedArray[]): WeightEntry[] =>
  weights.map(({ name, shape }) => ({ name, shape: [...shape] }))

/**
 * Entries and bytes of arrays whose kernels are rounded to 16 bits. What has one number a channel stays as it is: it takes
 * next to no room, and moving variances span more powers of ten than a half does. Throws BAD_MODEL, naming the array,
 * where a value is too large.
 */
export function withHalvedKernels(weights: readonly NamedArray[]) {
  const entries = weightEntries(weights).map((entry): WeightEntry =>
    entry.shape.length < 2 ? entry : { ...entry, type: 'float16' },
  )
  const parts = weights.map(({ name, values }, at) => {
    if (entries[at]!.type === undefined) return bytesIn(values)
    const halves = toHalves(values)
    if (!halves) throw new AppError('BAD_MODEL', `${name}: a value is too large for 16 bits`)
    return bytesIn(halves)
  })
  return { entries, parts }
}

const bytesIn = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Bytes that arrays of these shapes take. */
export const bytesOf = (entries: readonly Omit<WeightEntry, 'name'>[]): number =>
  entries.reduce((sum, entry) => sum + bytesOfEntry(entry), 0)

const bytesOfEntry = ({ shape, type }: Omit<WeightEntry, 'name'>): number =>
  (type === 'float16' ? 2 : 4) * sizeOf(shape)

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
  let offset = 0
  return entries.map((entry) => {
    const { name, shape, type } = entry
    const { buffer } = new Uint8Array(bytes.subarray(offset, (offset += bytesOfEntry(entry))))
    const values = type === 'float16' ? fromHalves(new Uint16Array(buffer)) : new Float32Array(buffer) // prettier-ignore
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
