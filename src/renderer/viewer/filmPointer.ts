import { dragged, gestureOf, wheelFactor, wheelSteps, type Gesture } from './mouse.ts'
import { zoomedAt, type Point } from './view.ts'
import type { Viewer } from './viewer.svelte.ts'

interface Press {
  readonly pointerId: number
  readonly gesture: Gesture
  readonly pressed: Point
  readonly last: Point
}

/** Ties mouse, pen and wheel on `element` to the viewer; returns how to untie them. */
export function followPointer(
  element: HTMLElement,
  viewer: Viewer,
  onstep: (films: number) => void,
): () => void {
  const controller = new AbortController()
  let press: Press | undefined
  let wheelRest = 0

  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  function onDown(event: PointerEvent) {
    const gesture = gestureOf(viewer.mousePreset, event.button)
    if (!gesture || press) return
    element.setPointerCapture(event.pointerId)
    press = { pointerId: event.pointerId, gesture, pressed: at(event), last: at(event) }
    element.dataset['gesture'] = gesture
  }

  function onMove(event: PointerEvent) {
    if (event.pointerId !== press?.pointerId || !viewer.film) return
    const now = at(event)
    const by = { x: now.x - press.last.x, y: now.y - press.last.y }
    viewer.look(
      dragged(viewer.view, press.gesture, { pressed: press.pressed, by }, viewer.film, viewer.pane),
    )
    press = { ...press, last: now }
  }

  function onUp() {
    press = undefined
    delete element.dataset['gesture']
  }

  function onWheel(event: WheelEvent) {
    event.preventDefault()
    if (!viewer.film) return
    if (event.ctrlKey || viewer.mousePreset.wheel === 'zoom') {
      const factor = wheelFactor(event.deltaY)
      viewer.look(zoomedAt(viewer.view, factor, at(event), viewer.film, viewer.pane))
      return
    }
    const { steps, rest } = wheelSteps(wheelRest, event.deltaY)
    wheelRest = rest
    if (steps !== 0) onstep(steps)
  }

  const { signal } = controller
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  element.addEventListener('dblclick', (event) => viewer.toggleActualSize(at(event)), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  return () => controller.abort()
}
