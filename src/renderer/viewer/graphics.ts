import { canvasRenderer } from './canvasRenderer.ts'
import type { Renderer } from './renderer.ts'
import { webglRenderer } from './webglRenderer.ts'

/** Who draws films: the faster of the two on this machine, or the one that a person prefers. */
const drawings = ['automatic', 'graphics-card', 'processor'] as const
export type Drawing = (typeof drawings)[number]

export const isDrawing = (name: string | null): name is Drawing =>
  drawings.some((drawing) => drawing === name)

export interface RendererEvents {
  /** A lost graphics context came back: draw again. */
  readonly onrestored: () => void
  /** It did not come back: this canvas is of no use any more. */
  readonly onfailed: () => void
}

/** WebGL where a graphics card stands behind it, otherwise the 2D canvas, which is faster than WebGL in software. */
export function rendererFor(
  canvas: HTMLCanvasElement,
  drawing: Drawing,
  events: RendererEvents,
): Renderer {
  const wanted = drawing === 'automatic' ? hasGraphicsCard() : drawing === 'graphics-card'
  const renderer = wanted ? webglRenderer(canvas, events) : undefined
  return renderer ?? canvasRenderer(canvas)
}

let cardKnown: boolean | undefined

/** Asked once, on a canvas of its own: a canvas that once gave a WebGL context never gives a 2D one. */
function hasGraphicsCard(): boolean {
  cardKnown ??= askForGraphicsCard()
  return cardKnown
}

function askForGraphicsCard(): boolean {
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
