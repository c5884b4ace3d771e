import type { FilmPixels } from './film.ts'
import { halved, type Level } from './pyramid.ts'

/** Of EXT_texture_norm16, which TypeScript's library does not know. */
const R16_EXT = 0x822a

export interface TextureFormats {
  /** Sixteen bits fit as they are; otherwise they become floats. */
  readonly norm16: boolean
}

/** What of 16-bit films this context can filter; undefined when it is none. */
export function textureFormats(gl: WebGL2RenderingContext): TextureFormats | undefined {
  const norm16 = gl.getExtension('EXT_texture_norm16') !== null
  const float32 =
    gl.getExtension('OES_texture_float_linear') !== null &&
    gl.getExtension('EXT_color_buffer_float') !== null
  return norm16 || float32 ? { norm16 } : undefined
}

/** Uploads a film with mipmaps; returns what a texel is multiplied by to give the film's value. */
export function uploadFilm(
  gl: WebGL2RenderingContext,
  formats: TextureFormats,
  film: FilmPixels,
): number {
  const limit: unknown = gl.getParameter(gl.MAX_TEXTURE_SIZE)
  const { samples, width, height } = within(film, typeof limit === 'number' ? limit : 2048)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  const upload = (internal: number, type: number, texels: ArrayBufferView) =>
    gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, gl.RED, type, texels)
  let scale = 1
  if (samples instanceof Uint8Array) {
    upload(gl.R8, gl.UNSIGNED_BYTE, samples)
    scale = 255
  } else if (formats.norm16) {
    upload(R16_EXT, gl.UNSIGNED_SHORT, samples)
    scale = 65_535
  } else {
    upload(gl.R32F, gl.FLOAT, Float32Array.from(samples))
  }
  gl.generateMipmap(gl.TEXTURE_2D)
  const parameters = [
    [gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR],
    [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const
  parameters.forEach(([name, value]) => gl.texParameteri(gl.TEXTURE_2D, name, value))
  return scale
}

/** Halves a film until a texture can hold it. */
function within(film: Level, limit: number): Level {
  let level = film
  while (Math.max(level.width, level.height) > limit) level = halved(level)
  return level
}
