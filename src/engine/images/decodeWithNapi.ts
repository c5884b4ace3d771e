/**
 * WebP and TIFF, and JPEG, PNG and BMP without TensorFlow, by the image codecs of @napi-rs/image. Loaded at first use:
 * most libraries never need it.
 */
import { createRequire } from 'node:module'
import type * as NapiImage from '@napi-rs/image'
import { AppError } from '../../shared/errors.ts'
import { missingAddon } from '../tensorflow.ts'
import { damaged, unsupported } from './header.ts'
import type { DecodedSamples } from './raster.ts'

/** Channels of the library's colour types: L8, La8, Rgb8, Rgba8, then the same with 16 bits. */
const channelsOf: readonly number[] = [1, 2, 3, 4, 1, 2, 3, 4]
const FIRST_16_BIT = 4

let loaded: typeof NapiImage | undefined

/** Throws as `imageCodecs`, UNSUPPORTED for unusual samples, DAMAGED for data that the library refuses. */
export async function decodeWithNapi(format: string, bytes: Uint8Array): Promise<DecodedSamples> {
  const { Transformer } = imageCodecs(format)
  try {
    const picture = new Transformer(bytes)
    const colorType: number = (await picture.metadata()).colorType
    const channels = channelsOf[colorType]
    if (channels === undefined) throw unsupported(`${format} with this kind of sample`)
    const pixels = await picture.rawPixels()
    if (colorType < FIRST_16_BIT) return { channels, samples: new Uint8Array(pixels) }
    const samples = new Uint16Array(pixels.length / 2)
    new Uint8Array(samples.buffer).set(pixels)
    return { channels, samples }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(`the ${format} data cannot be decoded (${reason})`)
  }
}

/**
 * The library, wanted for a format. Where it has no build for this machine it throws UNSUPPORTED, or ENGINE_FAILED when
 * TensorFlow's decoders are missing as well.
 */
export function imageCodecs(format: string): typeof NapiImage {
  try {
    return (loaded ??= createRequire(import.meta.url)('@napi-rs/image') as typeof NapiImage)
  } catch (cause) {
    const missing = missingAddon()
    if (!missing) throw unsupported(`${format} cannot be read on this kind of machine`)
    const reason = `neither TensorFlow (${missing.reason}) nor @napi-rs/image can be loaded`
    throw new AppError(
      'ENGINE_FAILED',
      `${format} is out of reach on this machine: ${reason}. ${missing.remedy}`,
      { cause },
    )
  }
}
