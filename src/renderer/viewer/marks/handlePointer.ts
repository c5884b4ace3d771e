import { apply, filmToPane, inverse, type Point } from '../view.ts'
import type { Viewer } from '../viewer.svelte.ts'

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/**
 * Lets a mark (or, with an `index`, one of its points) be chosen and moved: by dragging, and by the arrow keys in
 * steps of a film pixel, ten with Shift. Returns how to end it.
 */
export function followHandle(
  element: SVGElement,
  viewer: Viewer,
  markId: string,
  index: number | undefined,
): () => void {
  const controller = new AbortController()
  const { marks } = viewer
  let last: Point | undefined

  const onFilm = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top } = element.ownerSVGElement!.getBoundingClientRect()
    const matrix = inverse(filmToPane(viewer.view, viewer.film!, viewer.pane))
    return apply(matrix, { x: clientX - left, y: clientY - top })
  }

  function onDown(event: PointerEvent) {
    // While something is drawn, and for the other buttons, the film has the word.
    if (event.button !== 0 || marks.draft || !viewer.film) return
    event.stopPropagation()
    marks.selectedId = markId
    element.setPointerCapture(event.pointerId)
    last = onFilm(event)
  }

  function onMove(event: PointerEvent) {
    if (!last) return
    const now = onFilm(event)
    marks.drag(markId, index, { x: now.x - last.x, y: now.y - last.y })
    last = now
  }

  function onUp() {
    last = undefined
    marks.settle()
  }

  function onKey(event: KeyboardEvent) {
    // Gives the arrow keys back to the worklist.
    if (event.key === 'Escape') element.blur()
    const way = arrows[event.key]
    if (!way || index === undefined) return
    event.preventDefault()
    const step = event.shiftKey ? 10 : 1
    marks.drag(markId, index, { x: way.x * step, y: way.y * step })
    marks.settle()
  }

  const { signal } = controller
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  element.addEventListener('keydown', onKey, { signal })
  return () => controller.abort()
}
