import { createHash, webcrypto } from 'node:crypto'
import type { Raster } from './raster.ts'

/** SHA-256, hexadecimal. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Of bytes as long as these are kept: whoever looks at a film first begins to hash it for whoever reads it. */
const begun = new WeakMap<Uint8Array, Promise<string>>()

/** The same, reckoned in another thread while this one goes on, and once for the same bytes, which nobody may change. */
export function sha256Aside(bytes: Uint8Array): Promise<string> {
  const known = begun.get(bytes)
  if (known) return known
  const hash = webcrypto.subtle
    .digest('SHA-256', bytes)
    .then((digest) => Buffer.from(digest).toString('hex'))
  begun.set(bytes, hash)
  return hash
}

/**
 * SHA-256 of the decoded pixels with their shape and depth. Films with the same pixels have the same hash,
 * whatever the format, and whether grey was saved in one channel or in three.
 */
export function pixelHash({ rows, columns, samplesPerPixel, bitsStored, samples }: Raster): string {
  const shape = `${rows}x${columns}x${samplesPerPixel}x${bitsStored}\n`
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return createHash('sha256').update(shape).update(bytes).digest('hex')
}
