import type { FilmPixels } from './film.ts'
import { textureFormats, uploadFilm, type TextureFormats } from './filmTexture.ts'
import { fitCanvas, type Renderer } from './renderer.ts'
import { linkProgram } from './shaders.ts'
import { filmToPane, type Matrix, type Size } from './view.ts'

/**
 * Draws on the graphics card: one texture with mipmaps, window and level in the shader.
 * Undefined where the window has no WebGL2 that filters 16-bit films.
 * A lost context comes back by itself: the film is uploaded again and `onRestored` asks for a drawing.
 */
export function webglRenderer(
  canvas: HTMLCanvasElement,
  onRestored: () => void,
): Renderer | undefined {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false })
  const usable = gl && textureFormats(gl)
  if (!usable) return undefined
  let formats: TextureFormats = usable
  let film: FilmPixels | undefined
  let scene = prepare(gl)

  function onLost(event: Event) {
    // Without this the browser never restores it.
    event.preventDefault()
  }
  function onBack() {
    formats = textureFormats(gl!) ?? formats
    scene = prepare(gl!)
    if (film) scene.scale = uploadFilm(gl!, formats, film)
    onRestored()
  }
  canvas.addEventListener('webglcontextlost', onLost)
  canvas.addEventListener('webglcontextrestored', onBack)

  return {
    kind: 'webgl2',
    show(next) {
      film = next
      scene.scale = uploadFilm(gl, formats, next)
    },
    draw(view, pane) {
      fitCanvas(canvas, pane)
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 1)
      gl.clear(gl.COLOR_BUFFER_BIT)
      if (!film) return
      const { uniforms, scale } = scene
      gl.uniformMatrix3fv(uniforms.filmToClip, false, toClip(filmToPane(view, film, pane), pane))
      gl.uniform2f(uniforms.size, film.width, film.height)
      gl.uniform1f(uniforms.scale, scale)
      gl.uniform1f(uniforms.low, view.centre - view.width / 2)
      gl.uniform1f(uniforms.width, view.width)
      gl.uniform1i(uniforms.invert, view.invert ? 1 : 0)
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost)
      canvas.removeEventListener('webglcontextrestored', onBack)
      // Browsers keep few contexts at a time; this one is not needed any more.
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

function prepare(gl: WebGL2RenderingContext) {
  const program = linkProgram(gl)
  gl.useProgram(program)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  const at = (name: string) => gl.getUniformLocation(program, name)
  const uniforms = {
    filmToClip: at('filmToClip'),
    size: at('size'),
    scale: at('scale'),
    low: at('low'),
    width: at('width'),
    invert: at('invert'),
  }
  return { uniforms, scale: 1 }
}

/** Column by column, from film pixels to −1 … 1, y upwards. */
function toClip({ a, b, c, d, e, f }: Matrix, { width, height }: Size): number[] {
  const x = 2 / width
  const y = -2 / height
  return [a * x, b * y, 0, c * x, d * y, 0, e * x - 1, f * y + 1, 1]
}
