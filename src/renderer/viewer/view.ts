/** How a film lies in its pane: pure geometry, in CSS pixels on the screen and film pixels in the film. */
import { unchanged, type Grey } from './windowPresets.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** A film's size in pixels; `aspect` is the height of one by its width, 1 when left out. */
export interface Sheet extends Size {
  readonly aspect?: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Turned clockwise on the screen, degrees. */
export type Rotation = 0 | 90 | 180 | 270

export interface View {
  /** Which values are spread from black to white; for each film its own, so that panes can share it. */
  readonly grey: Grey
  /** Black and white exchanged, beyond what the film itself asks for. */
  readonly invert: boolean
  /** 1 fits the whole film into the pane. */
  readonly zoom: number
  /** Where the film's middle lies from the pane's middle, CSS pixels. */
  readonly pan: Point
  readonly rotation: Rotation
  /** Mirrored: left and right of the film are exchanged, before it is turned. */
  readonly flipped: boolean
}

/** x′ = a·x + c·y + e, y′ = b·x + d·y + f, as DOMMatrix and the 2D canvas name them. */
export interface Matrix {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** As a style's `transform`, in CSS pixels. */
export const cssTransform = ({ a, b, c, d, e, f }: Matrix): string =>
  `matrix(${[a, b, c, d, e, f].join(', ')})`

/** The most CSS pixels that one film pixel may cover, unless the whole film is smaller than that. */
const maxScale = 64
const minZoom = 0.1

const origin: Point = { x: 0, y: 0 }

/** As the film's file wants it to be seen, whole. */
export const freshView: View = {
  ...{ grey: unchanged(0), invert: false },
  ...{ zoom: 1, pan: origin, rotation: 0, flipped: false },
}

/** CSS pixels that the width of a film pixel covers when the turned film just fits into the pane. */
export function fitScale(film: Sheet, pane: Size, rotation: Rotation): number {
  const turned = rotation % 180 === 90
  const height = film.height * (film.aspect ?? 1)
  const across = turned ? height : film.width
  const down = turned ? film.width : height
  return Math.min(pane.width / across, pane.height / down)
}

/** CSS pixels that the width of a film pixel covers now. */
export const scaleOf = (view: View, film: Sheet, pane: Size): number =>
  fitScale(film, pane, view.rotation) * view.zoom

/** From film pixels (the film's top left corner is 0, 0) to CSS pixels of the pane. */
export function filmToPane(view: View, film: Sheet, pane: Size): Matrix {
  const scale = scaleOf(view, film, pane)
  const cos = [1, 0, -1, 0][view.rotation / 90]! * scale
  const sin = [0, 1, 0, -1][view.rotation / 90]! * scale
  const mirror = view.flipped ? -1 : 1
  const aspect = film.aspect ?? 1
  const [a, b, c, d] = [cos * mirror, sin * mirror, -sin * aspect, cos * aspect]
  return {
    a,
    b,
    c,
    d,
    e: pane.width / 2 + view.pan.x - (a * film.width + c * film.height) / 2,
    f: pane.height / 2 + view.pan.y - (b * film.width + d * film.height) / 2,
  }
}

export const apply = ({ a, b, c, d, e, f }: Matrix, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
})

export function inverse({ a, b, c, d, e, f }: Matrix): Matrix {
  const determinant = a * d - b * c
  return {
    a: d / determinant,
    b: -b / determinant,
    c: -c / determinant,
    d: a / determinant,
    e: (c * f - d * e) / determinant,
    f: (b * e - a * f) / determinant,
  }
}

/** Zooms by `factor` and keeps what lies under `anchor` (CSS pixels of the pane) where it is. */
export function zoomedAt(view: View, factor: number, anchor: Point, film: Sheet, pane: Size): View {
  const zoom = clampZoom(view.zoom * factor, fitScale(film, pane, view.rotation))
  const applied = zoom / view.zoom
  const from = { x: anchor.x - pane.width / 2, y: anchor.y - pane.height / 2 }
  const pan = {
    x: from.x - (from.x - view.pan.x) * applied,
    y: from.y - (from.y - view.pan.y) * applied,
  }
  return { ...view, zoom, pan }
}

/** Zooms about the middle of the pane. */
export const zoomed = (view: View, factor: number, film: Sheet, pane: Size): View =>
  zoomedAt(view, factor, { x: pane.width / 2, y: pane.height / 2 }, film, pane)

const clampZoom = (zoom: number, fit: number): number =>
  Math.min(Math.max(zoom, minZoom), Math.max(1, maxScale / fit))

export const fitted = (view: View): View => ({ ...view, zoom: 1, pan: origin })

export const isFitted = ({ zoom, pan }: View): boolean => zoom === 1 && pan.x === 0 && pan.y === 0

/** One film pixel on one pixel of the screen, keeping the film under `anchor` in its place. */
export function actualSize(
  view: View,
  anchor: Point,
  film: Sheet,
  pane: Size & { readonly pixelRatio: number },
): View {
  const scale = scaleOf(view, film, pane)
  return zoomedAt(view, 1 / (pane.pixelRatio * scale), anchor, film, pane)
}

export const panned = (view: View, by: Point): View => ({
  ...view,
  pan: { x: view.pan.x + by.x, y: view.pan.y + by.y },
})

/** A quarter turn about the middle of the pane. */
export function turned(view: View, way: 'right' | 'left'): View {
  const { x, y } = view.pan
  return way === 'right'
    ? { ...view, rotation: rotation(view.rotation + 90), pan: { x: -y, y: x } }
    : { ...view, rotation: rotation(view.rotation - 90), pan: { x: y, y: -x } }
}

/** Mirrors what is seen about the pane's vertical (`horizontal`: left ↔ right) or horizontal axis. */
export function mirrored(view: View, way: 'horizontal' | 'vertical'): View {
  const { x, y } = view.pan
  const flipped = !view.flipped
  return way === 'horizontal'
    ? { ...view, flipped, rotation: rotation(-view.rotation), pan: { x: -x, y } }
    : { ...view, flipped, rotation: rotation(180 - view.rotation), pan: { x, y: -y } }
}

function rotation(degrees: number): Rotation {
  const turn = ((degrees % 360) + 360) % 360
  return turn === 90 ? 90 : turn === 180 ? 180 : turn === 270 ? 270 : 0
}
