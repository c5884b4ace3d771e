import { canvasRenderer } from './canvasRenderer.ts'
import type { Renderer } from './renderer.ts'
import { webglRenderer } from './webglRenderer.ts'

/** WebGL where a graphics card stands behind it, otherwise the 2D canvas, which is faster than WebGL in software. */
export function bestRenderer(canvas: HTMLCanvasElement, onRestored: () => void): Renderer {
  const renderer = hasGraphicsCard() ? webglRenderer(canvas, onRestored) : undefined
  return renderer ?? canvasRenderer(canvas)
}

/** Asked on a canvas of its own: a canvas that once gave a WebGL context never gives a 2D one. */
function hasGraphicsCard(): boolean {
  const gl = document
    .createElement('canvas')
    .getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (!gl) return false
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return !isSoftware(String(name))
}

/** Whether a WebGL renderer's name is one that draws on the processor. */
export const isSoftware = (rendererName: string): boolean =>
  /swiftshader|llvmpipe|softpipe|software|basic render/i.test(rendererName)
