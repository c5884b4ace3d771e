import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { sniffFormat } from '../format.ts'
import { openImage } from './image.ts'
import { refusedVariants, readVariants } from './testing/variants.ts'
import type { StoredSamples } from './storedValues.ts'

async function storedValuesOf(bytes: Uint8Array): Promise<Float64Array> {
  const { frames } = openImage(bytes)
  const all: StoredSamples[] = []
  for (let frame = 0; frame < frames.count; frame++) all.push(await frames.read(frame))
  return Float64Array.from(all.flatMap((samples) => Array.from(samples)))
}

/** As scripts/fixtures/dicom_variants.py makes them. */
const digest = (values: Float64Array): string => {
  const isWhole = values.every((value) => Number.isInteger(value))
  const bytes = isWhole ? new Int32Array(Array.from(values, (value) => value | 0)) : values
  return createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex')
}

describe('films as devices, archives and converters write them have their stored values', () => {
  test.each(readVariants)('$name', async ({ bytes, tolerance, ...expected }) => {
    expect(sniffFormat(bytes)).toBe('dicom')
    const values = await storedValuesOf(bytes)
    const minimum = values.reduce((least, value) => Math.min(least, value))
    const maximum = values.reduce((most, value) => Math.max(most, value))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(minimum - expected.min)).toBeLessThanOrEqual(tolerance)
    expect(Math.abs(maximum - expected.max)).toBeLessThanOrEqual(tolerance)
    expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(Math.max(tolerance, 1e-6))
    if (tolerance === 0) expect(digest(values)).toBe(expected.sha256)
  })
})

describe('what cannot be read is refused in words that name the reason', () => {
  test.each(refusedVariants)('$name', async ({ bytes, refused }) => {
    const outcome: unknown = await storedValuesOf(bytes).catch((cause: unknown) => cause)
    expect(outcome).toBeInstanceOf(AppError)
    expect((outcome as AppError).code).not.toBe('INTERNAL')
    expect((outcome as AppError).message).toContain(refused)
  })
})
