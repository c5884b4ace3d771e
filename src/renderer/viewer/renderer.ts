import type { Film } from './film.ts'
import type { Size, View } from './view.ts'

/** A canvas on the screen: its size in CSS pixels, and device pixels for each of them. */
export interface Pane extends Size {
  readonly pixelRatio: number
}

/** Draws one film into one canvas. Two ways do it: `webglRenderer` and `canvasRenderer`. */
export interface Renderer {
  readonly kind: 'webgl2' | 'canvas2d'
  /**
   * Prepares a film; until the next call `draw` draws it. Returns how many film pixels across stand behind one that
   * can be drawn: 1, or more where a film is larger than the graphics card holds.
   */
  show: (film: Film) => number
  draw: (view: View, pane: Pane) => void
  dispose: () => void
}

/** Gives the canvas as many pixels as the screen has under it. */
export function fitCanvas(canvas: HTMLCanvasElement, { width, height, pixelRatio }: Pane): void {
  const columns = Math.max(1, Math.round(width * pixelRatio))
  const rows = Math.max(1, Math.round(height * pixelRatio))
  // Setting a canvas's size clears it and is slow, even to the same value.
  if (canvas.width !== columns) canvas.width = columns
  if (canvas.height !== rows) canvas.height = rows
}
