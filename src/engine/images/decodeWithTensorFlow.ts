import { tensorflow } from '../tensorflow.ts'
import { damaged, type RasterHeader } from './header.ts'
import type { DecodedSamples } from './raster.ts'

export type TensorFlowFormat = 'jpeg' | 'png' | 'bmp' | 'gif'

/**
 * Decodes with 8 bits a sample. libjpeg is asked for the accurate inverse transform: the default one is
 * off by half a grey step on average.
 * Throws DAMAGED where the decoder refuses the data.
 */
export function decodeWithTensorFlow(
  format: TensorFlowFormat,
  bytes: Uint8Array,
  header: RasterHeader,
): DecodedSamples {
  const { node } = tensorflow()
  const channels = header.samplesPerPixel === 1 ? 1 : 3
  const decode = {
    jpeg: () => node.decodeJpeg(bytes, channels, 1, true, false, 1, 'INTEGER_ACCURATE'),
    png: () => node.decodePng(bytes, channels),
    // Neither takes a number of channels: a bitmap has as many as it stores.
    bmp: () => node.decodeBmp(bytes, 0),
    gif: () => node.decodeGif(bytes),
  }[format]
  let tensor: ReturnType<typeof decode>
  try {
    tensor = decode()
  } catch (cause) {
    throw damaged(`the ${format.toUpperCase()} data cannot be decoded (${firstLine(cause)})`)
  }
  try {
    const samples = new Uint8Array(tensor.dataSync())
    const found = samples.length / (header.rows * header.columns)
    if (!Number.isInteger(found))
      throw damaged('the decoded picture has another size than announced')
    return { channels: found, samples }
  } finally {
    tensor.dispose()
  }
}

const firstLine = (cause: unknown) =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
