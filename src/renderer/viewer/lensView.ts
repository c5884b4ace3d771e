import { fitScale, scaleOf, type Point, type Sheet, type Size, type View } from './view.ts'

/** The view that shows, in the middle of a lens, what lies under `pointer`, `power` times as large as in the pane. */
export function lensView(
  view: View,
  film: Sheet,
  { pane, lens, pointer, power }: { pane: Size; lens: Size; pointer: Point; power: number },
): View {
  const zoom = (scaleOf(view, film, pane) * power) / fitScale(film, lens, view.rotation)
  const pan = {
    x: (pane.width / 2 + view.pan.x - pointer.x) * power,
    y: (pane.height / 2 + view.pan.y - pointer.y) * power,
  }
  return { ...view, zoom, pan }
}
