import { halved, type Level } from '../../shared/halved.ts'
import type { Film } from './film.ts'
import { levelOf } from './pyramid.ts'

/** Of EXT_texture_norm16, which TypeScript's library does not know. */
const R16_EXT = 0x822a

export interface TextureFormats {
  /** Sixteen bits fit as they are; otherwise they become floats. */
  readonly norm16: boolean
  readonly float32: boolean
}

/** What of 16-bit films this context can filter; undefined when it is none. */
export function textureFormats(gl: WebGL2RenderingContext): TextureFormats | undefined {
  const norm16 = gl.getExtension('EXT_texture_norm16') !== null
  const float32 =
    gl.getExtension('OES_texture_float_linear') !== null &&
    gl.getExtension('EXT_color_buffer_float') !== null
  return norm16 || float32 ? { norm16, float32 } : undefined
}

/** What lies in a texture: real value = scale × texel + offset. */
export interface Uploaded {
  readonly scale: number
  readonly offset: number
  /** Film pixels across behind one of the texture: more than 1 where the film is larger than the card holds. */
  readonly reduction: number
}

/** Uploads a film with mipmaps into the texture bound to the active unit. */
export function uploadFilm(
  gl: WebGL2RenderingContext,
  formats: TextureFormats,
  film: Film,
): Uploaded {
  const limit: unknown = gl.getParameter(gl.MAX_TEXTURE_SIZE)
  const { level, reduction } = within(levelOf(film), typeof limit === 'number' ? limit : 2048)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  const { scale, offset } =
    level.channels === 3 ? uploadColour(gl, film, level) : uploadGreys(gl, formats, level)
  gl.generateMipmap(gl.TEXTURE_2D)
  const parameters = [
    [gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR],
    [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const
  parameters.forEach(([name, value]) => gl.texParameteri(gl.TEXTURE_2D, name, value))
  const { slope, intercept } = film.description
  return { scale: scale * slope, offset: offset * slope + intercept, reduction }
}

/** Returns sample = scale × texel + offset. */
function uploadGreys(
  gl: WebGL2RenderingContext,
  formats: TextureFormats,
  { samples, width, height }: Level,
): { scale: number; offset: number } {
  const upload = (internal: number, type: number, texels: ArrayBufferView) =>
    gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, gl.RED, type, texels)
  if (samples instanceof Uint8Array) {
    upload(gl.R8, gl.UNSIGNED_BYTE, samples)
    return { scale: 255, offset: 0 }
  }
  if (formats.float32 && (samples instanceof Float32Array || !formats.norm16)) {
    upload(gl.R32F, gl.FLOAT, Float32Array.from(samples))
    return { scale: 1, offset: 0 }
  }
  const { texels, scale, offset } = asUnsigned(samples)
  upload(R16_EXT, gl.UNSIGNED_SHORT, texels)
  return { scale: scale * 65_535, offset }
}

/** Sixteen bits without a sign: sample = scale × texel + offset. Mipmaps are made of unsigned numbers alone. */
function asUnsigned(samples: Uint16Array | Int16Array | Float32Array) {
  if (samples instanceof Uint16Array) return { texels: samples, scale: 1, offset: 0 }
  if (samples instanceof Int16Array) {
    const texels = Uint16Array.from(samples, (value) => value + 32_768)
    return { texels, scale: 1, offset: -32_768 }
  }
  const lowest = samples.reduce((least, value) => Math.min(least, value), Infinity)
  const highest = samples.reduce((most, value) => Math.max(most, value), -Infinity)
  const scale = highest > lowest ? (highest - lowest) / 65_535 : 1
  const texels = Uint16Array.from(samples, (value) => Math.round((value - lowest) / scale))
  return { texels, scale, offset: lowest }
}

function uploadColour(gl: WebGL2RenderingContext, film: Film, { samples, width, height }: Level) {
  const scale = film.maximum > 0 ? 255 / film.maximum : 1
  const texels =
    samples instanceof Uint8Array ? samples : Uint8Array.from(samples, (value) => value * scale)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, width, height, 0, gl.RGB, gl.UNSIGNED_BYTE, texels)
  return { scale: 1, offset: 0 }
}

/** Halves a film until a texture can hold it. */
function within(film: Level, limit: number): { level: Level; reduction: number } {
  let level = film
  let reduction = 1
  for (; Math.max(level.width, level.height) > limit; reduction *= 2) level = halved(level)
  return { level, reduction }
}

/** Of a texture for a VOI table: fine enough for the 256 greys of a screen, and every card holds it. */
const tableTexels = 2048

/** Uploads a VOI table, stretched to a width that every card holds, into the texture bound to the active unit. */
export function uploadTable(gl: WebGL2RenderingContext, grey: (share: number) => number): void {
  const texels = Uint8Array.from({ length: tableTexels }, (_, index) =>
    Math.round(grey(index / (tableTexels - 1)) * 255),
  )
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  gl.texImage2D(
    gl.TEXTURE_2D,
    ...([0, gl.R8, tableTexels, 1, 0, gl.RED, gl.UNSIGNED_BYTE] as const),
    texels,
  )
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
}
