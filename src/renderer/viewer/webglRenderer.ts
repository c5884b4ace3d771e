import { isColour, type Film } from './film.ts'
import {
  textureFormats,
  uploadFilm,
  uploadTable,
  type TextureFormats,
  type Uploaded,
} from './filmTexture.ts'
import { edgesOf, greyOf, type GreyScale, type GreyTable } from './greyScale.ts'
import type { RendererEvents } from './graphics.ts'
import { fitCanvas, type Renderer } from './renderer.ts'
import { linkProgram, shapes } from './shaders.ts'
import { filmToPane, type Matrix, type Size } from './view.ts'
import { scaleOfGrey } from './windowPresets.ts'

/** A graphics process that was killed is back within a second. */
const patienceMs = 3000

/**
 * Draws on the graphics card: one texture with mipmaps, window and polarity in the shader.
 * Undefined where the window has no WebGL2 that filters 16-bit films.
 * A lost context comes back by itself: the film is uploaded again and `onrestored` asks for a drawing. Where it
 * stays lost, as after a driver has failed for good, `onfailed` says so.
 */
export function webglRenderer(
  canvas: HTMLCanvasElement,
  { onrestored, onfailed }: RendererEvents,
): Renderer | undefined {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false })
  const usable = gl && textureFormats(gl)
  if (!usable) return undefined
  let formats: TextureFormats = usable
  let film: Film | undefined
  let scene = prepare(gl)

  let patience: ReturnType<typeof setTimeout> | undefined

  function onLost(event: Event) {
    // Without this the browser never restores it.
    event.preventDefault()
    patience = setTimeout(onfailed, patienceMs)
  }
  function onBack() {
    clearTimeout(patience)
    formats = textureFormats(gl!) ?? formats
    scene = prepare(gl!)
    if (film) upload(film)
    onrestored()
  }
  function upload(next: Film) {
    gl!.activeTexture(gl!.TEXTURE0)
    scene.uploaded = uploadFilm(gl!, formats, next)
    return scene.uploaded.reduction
  }
  /** A table is uploaded once, however its width is dragged. */
  function useTable({ table }: GreyScale) {
    if (!table || table === scene.table) return
    scene.table = table
    gl!.activeTexture(gl!.TEXTURE1)
    uploadTable(gl!, greyOf({ shape: 'table', centre: 0.5, width: 1, table }))
  }
  canvas.addEventListener('webglcontextlost', onLost)
  canvas.addEventListener('webglcontextrestored', onBack)

  return {
    kind: 'webgl2',
    show(next) {
      film = next
      return upload(next)
    },
    draw(view, pane) {
      fitCanvas(canvas, pane)
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 1)
      gl.clear(gl.COLOR_BUFFER_BIT)
      if (!film) return
      const { uniforms, uploaded } = scene
      const grey = scaleOfGrey(film, view.grey)
      const { low, high } = edgesOf(grey)
      const colour = isColour(film)
      useTable(grey)
      gl.uniformMatrix3fv(uniforms.filmToClip, false, toClip(filmToPane(view, film, pane), pane))
      gl.uniform2f(uniforms.size, film.width, film.height)
      gl.uniform1f(uniforms.scale, uploaded.scale)
      gl.uniform1f(uniforms.offset, uploaded.offset)
      gl.uniform1f(uniforms.low, low)
      gl.uniform1f(uniforms.width, high - low)
      gl.uniform1i(uniforms.shape, shapes[colour ? 'colour' : grey.shape])
      gl.uniform1i(uniforms.invert, (!colour && film.inverted) !== view.invert ? 1 : 0)
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
    },
    dispose() {
      clearTimeout(patience)
      canvas.removeEventListener('webglcontextlost', onLost)
      canvas.removeEventListener('webglcontextrestored', onBack)
      // Browsers keep few contexts at a time; this one is not needed any more.
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

interface Scene {
  readonly uniforms: ReturnType<typeof uniformsOf>
  uploaded: Uploaded
  /** The VOI table that lies in its texture. */
  table?: GreyTable
}

function prepare(gl: WebGL2RenderingContext): Scene {
  const program = linkProgram(gl)
  gl.useProgram(program)
  for (const [unit, name] of ['film', 'table'].entries()) {
    gl.activeTexture(gl.TEXTURE0 + unit)
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
    gl.uniform1i(gl.getUniformLocation(program, name), unit)
  }
  // A sampler without a complete texture would read black on some drivers and warn on others.
  uploadTable(gl, (share) => share)
  const uniforms = uniformsOf(gl, program)
  return { uniforms, uploaded: { scale: 1, offset: 0, reduction: 1 } }
}

function uniformsOf(gl: WebGL2RenderingContext, program: WebGLProgram) {
  const at = (name: string) => gl.getUniformLocation(program, name)
  return {
    ...{ filmToClip: at('filmToClip'), size: at('size'), shape: at('shape') },
    ...{ scale: at('scale'), offset: at('offset'), low: at('low'), width: at('width') },
    invert: at('invert'),
  }
}

/** Column by column, from film pixels to −1 … 1, y upwards. */
function toClip({ a, b, c, d, e, f }: Matrix, { width, height }: Size): number[] {
  const x = 2 / width
  const y = -2 / height
  return [a * x, b * y, 0, c * x, d * y, 0, e * x - 1, f * y + 1, 1]
}
