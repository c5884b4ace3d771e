import type { NativeAddon } from '../nativeAddon.ts'
import { damaged, type RasterHeader } from './header.ts'
import type { DecodedSamples } from './raster.ts'

/**
 * Decodes a JPEG beside this thread, to the same pixels as `decodeWithTensorFlow`. It is under way when this returns, so
 * that a graph may run meanwhile. Throws DAMAGED where the decoder refuses the data.
 */
export async function decodeJpegAside(
  { decodeJpeg }: NativeAddon,
  bytes: Uint8Array,
  { rows, columns, samplesPerPixel }: RasterHeader,
): Promise<DecodedSamples> {
  const decoded = await decodeJpeg(bytes, samplesPerPixel === 1 ? 1 : 3).catch((cause: unknown) => {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw damaged(`the JPEG data cannot be decoded (${reason})`)
  })
  if (decoded.samples.length !== rows * columns * decoded.channels)
    throw damaged('the decoded picture has another size than announced')
  return decoded
}
