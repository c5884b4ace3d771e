/** JPEG, PNG, BMP and GIF with 8 bits a sample: by TensorFlow's decoders, and where these cannot be loaded by others. */
import { nativeAddon } from '../nativeAddon.ts'
import { missingAddon } from '../tensorflow.ts'
import { decodeJpegAside } from './decodeJpegAside.ts'
import { decodeWithNapi } from './decodeWithNapi.ts'
import { decodeWithTensorFlow, type TensorFlowFormat } from './decodeWithTensorFlow.ts'
import { formatNames } from './format.ts'
import { damaged, type RasterHeader, unsupported } from './header.ts'
import type { DecodedSamples } from './raster.ts'

/** Throws DAMAGED where the decoder refuses the data, UNSUPPORTED for GIF without TensorFlow. */
export async function decodeEightBits(
  format: TensorFlowFormat,
  bytes: Uint8Array,
  header: RasterHeader,
): Promise<DecodedSamples> {
  const addon = format === 'jpeg' ? nativeAddon() : undefined
  if (addon) return decodeJpegAside(addon, bytes, header)
  if (!missingAddon()) return decodeWithTensorFlow(format, bytes, header)
  if (format === 'gif')
    throw unsupported("GIF cannot be read here without TensorFlow's native library")
  const decoded = await decodeWithNapi(formatNames[format], bytes)
  if (decoded.samples.length !== header.rows * header.columns * decoded.channels)
    throw damaged('the decoded picture has another size than announced')
  return decoded
}
