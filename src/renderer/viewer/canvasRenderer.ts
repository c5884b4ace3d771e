import { levelFor, type Level } from '../../shared/halved.ts'
import type { Film } from './film.ts'
import { paintLevel, type Box } from './paintLevel.ts'
import { pyramid, type Pyramid } from './pyramid.ts'
import { fitCanvas, type Renderer } from './renderer.ts'
import { apply, filmToPane, inverse, scaleOf, type Matrix, type Size, type View } from './view.ts'

/** Draws on the processor: the best level of a mean pyramid, the part in sight, one table look-up a pixel. */
export function canvasRenderer(canvas: HTMLCanvasElement): Renderer {
  const context = canvas.getContext('2d', { alpha: false })
  const part = document.createElement('canvas')
  const partContext = part.getContext('2d', { alpha: false })
  if (!context || !partContext) throw new Error('This window cannot draw on a 2D canvas')
  let film: Film | undefined
  let levels: Pyramid | undefined
  let drawn = ''

  /** Fills `part` with the visible pixels of a level, unless they are there already. */
  function paint(shown: Film, level: Level, box: Box, { grey, invert }: View): void {
    const key = JSON.stringify([level.width, box, grey, invert])
    if (key === drawn) return
    drawn = key
    const picture = paintLevel(shown, level, box, grey, invert)
    if (part.width !== picture.width) part.width = picture.width
    if (part.height !== picture.height) part.height = picture.height
    partContext!.putImageData(picture, 0, 0)
  }

  return {
    kind: 'canvas2d',
    show(next) {
      film = next
      levels = pyramid(next)
      drawn = ''
      return 1
    },
    draw(view, pane) {
      fitCanvas(canvas, pane)
      context.resetTransform()
      context.fillStyle = '#000'
      context.fillRect(0, 0, canvas.width, canvas.height)
      if (!film || !levels) return
      const ratio = pane.pixelRatio
      const wanted = levelFor(scaleOf(view, film, pane) * ratio, levels.levels)
      const index = Math.max(wanted, levels.finest)
      const level = levels.level(index)
      const side = 2 ** index
      const matrix = filmToPane(view, film, pane)
      const box = visiblePart(matrix, pane, level, side)
      if (!box) return
      paint(film, level, box, view)
      const { a, b, c, d, e, f } = matrix
      context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
      context.imageSmoothingEnabled = true
      // The last pixel of an odd level reaches beyond the film: only its inner half is drawn.
      const across = Math.min(box.right * side, film.width) - box.left * side
      const down = Math.min(box.bottom * side, film.height) - box.top * side
      const [left, top] = [box.left * side, box.top * side]
      context.drawImage(part, 0, 0, across / side, down / side, left, top, across, down)
    },
    dispose() {
      film = undefined
      levels = undefined
    },
  }
}

/** The pixels of a level (each `side` film pixels wide) that lie in the pane, with one around them for smoothing. */
function visiblePart(matrix: Matrix, pane: Size, level: Level, side: number): Box | undefined {
  const back = inverse(matrix)
  const corners = [0, pane.width].flatMap((x) => [0, pane.height].map((y) => apply(back, { x, y })))
  const xs = corners.map(({ x }) => x / side)
  const ys = corners.map(({ y }) => y / side)
  const box = {
    left: Math.max(0, Math.floor(Math.min(...xs)) - 1),
    top: Math.max(0, Math.floor(Math.min(...ys)) - 1),
    right: Math.min(level.width, Math.ceil(Math.max(...xs)) + 1),
    bottom: Math.min(level.height, Math.ceil(Math.max(...ys)) + 1),
  }
  return box.right > box.left && box.bottom > box.top ? box : undefined
}
