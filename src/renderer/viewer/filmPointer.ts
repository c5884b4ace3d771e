import { dragged, wheelFactor, wheelSteps, type Gesture } from './mouse.ts'
import { isMarkKind } from './tools.svelte.ts'
import { apply, filmToPane, inverse, zoomedAt, type Point } from './view.ts'
import type { Viewer } from './viewer.svelte.ts'

interface Press {
  readonly pointerId: number
  readonly gesture: Gesture | 'draw'
  readonly pressed: Point
  readonly last: Point
}

export interface PointerEvents {
  /** The wheel asks for films on (negative: back). */
  readonly onstep: (films: number) => void
  /** The wheel is turned with Shift: by so many notches away from the reader (negative: towards). */
  readonly onfade: (notches: number) => void
  /** Something was done in this pane. */
  readonly onuse: () => void
}

/** Farther than a hand trembles, CSS pixels: then it is a drag and no click. */
const dragDistance = 4

/** Ties mouse, pen and wheel on `element` to the viewer; returns how to untie them. */
export function followPointer(
  element: HTMLElement,
  viewer: Viewer,
  { onstep, onuse, onfade }: PointerEvents,
): () => void {
  const controller = new AbortController()
  const { tools, marks } = viewer
  let press: Press | undefined
  let wheelRest = 0
  let fadeRest = 0

  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  /** The same in film pixels. */
  const onFilm = (point: Point): Point =>
    viewer.film ? apply(inverse(filmToPane(viewer.view, viewer.film, viewer.pane)), point) : point

  function onDown(event: PointerEvent) {
    onuse()
    const tool = tools.ofButton(event.button)
    if (!tool || press || !viewer.film) return
    element.setPointerCapture(event.pointerId)
    const gesture = isMarkKind(tool) ? 'draw' : tool
    press = { pointerId: event.pointerId, gesture, pressed: at(event), last: at(event) }
    element.dataset['gesture'] = gesture
    if (isMarkKind(tool)) marks.press(tool, onFilm(at(event)))
    else if (gesture === tools.left) marks.selectedId = undefined
  }

  function onMove(event: PointerEvent) {
    const now = at(event)
    viewer.pointAt(now)
    if (!viewer.film) return
    if (marks.draft) marks.point(onFilm(now))
    if (event.pointerId !== press?.pointerId) return
    const by = { x: now.x - press.last.x, y: now.y - press.last.y }
    const { gesture, pressed } = press
    if (gesture !== 'draw') {
      viewer.set(dragged(viewer.view, gesture, { pressed, by }, viewer.film, viewer.pane))
    }
    press = { ...press, last: now }
  }

  function onUp(event: PointerEvent) {
    if (press?.gesture === 'draw' && event.pointerId === press.pointerId) {
      const now = at(event)
      const far = Math.hypot(now.x - press.pressed.x, now.y - press.pressed.y)
      marks.release(onFilm(now), far > dragDistance)
    }
    press = undefined
    delete element.dataset['gesture']
  }

  function onWheel(event: WheelEvent) {
    event.preventDefault()
    onuse()
    if (event.shiftKey) {
      // With Shift, Chromium tells a turn of the wheel as one across.
      const { steps, rest } = wheelSteps(fadeRest, event.deltaY || event.deltaX)
      fadeRest = rest
      if (steps !== 0) onfade(-steps)
      return
    }
    if (event.ctrlKey || tools.preset.wheel === 'zoom') {
      if (!viewer.film) return
      const factor = wheelFactor(event.deltaY)
      viewer.set(zoomedAt(viewer.view, factor, at(event), viewer.film, viewer.pane))
      return
    }
    // A film that is still to come, or cannot be read, can be left as well.
    const { steps, rest } = wheelSteps(wheelRest, event.deltaY)
    wheelRest = rest
    if (steps !== 0) onstep(steps)
  }

  function onDoubleClick(event: MouseEvent) {
    if (!isMarkKind(tools.left)) viewer.toggleActualSize(at(event))
  }

  const { signal } = controller
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  element.addEventListener('pointerleave', () => viewer.pointAt(undefined), { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  element.addEventListener('dblclick', onDoubleClick, { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  return () => controller.abort()
}
