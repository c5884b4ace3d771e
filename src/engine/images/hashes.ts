import { createHash, webcrypto } from 'node:crypto'
import type { Raster } from './raster.ts'

/** SHA-256, hexadecimal. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** The same, reckoned in another thread while this one goes on. */
export const sha256Aside = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex')

/**
 * SHA-256 of the decoded pixels with their shape and depth. Films with the same pixels have the same hash,
 * whatever the format, and whether grey was saved in one channel or in three.
 */
export function pixelHash(raster: Raster): Promise<string> {
  const { rows, columns, samplesPerPixel, bitsStored, samples } = raster
  const shape = Buffer.from(`${rows}x${columns}x${samplesPerPixel}x${bitsStored}\n`)
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return sha256Aside(Buffer.concat([shape, bytes]))
}
