/** What the mouse does on a film, as numbers: radiologists' way and a simple one. */
import { range, type Film } from './film.ts'
import { panned, zoomedAt, type Point, type Size, type View } from './view.ts'
import { moved } from './windowPresets.ts'

export type Gesture = 'window' | 'pan' | 'zoom'

export interface MousePreset {
  readonly label: string
  readonly left: Gesture
  readonly middle: Gesture
  readonly right: Gesture
  /** What the wheel does alone; with Ctrl it always zooms. */
  readonly wheel: 'film' | 'zoom'
}

export const mousePresets = {
  radiology: { label: 'Radiology', left: 'window', middle: 'pan', right: 'zoom', wheel: 'film' },
  simple: { label: 'Simple', left: 'pan', middle: 'zoom', right: 'window', wheel: 'zoom' },
} as const satisfies Record<string, MousePreset>
export type MousePresetName = keyof typeof mousePresets

export const isMousePreset = (name: string | null): name is MousePresetName =>
  name === 'radiology' || name === 'simple'

export interface Drag {
  /** Where it began, CSS pixels of the pane. */
  readonly pressed: Point
  /** Movement since the last event, CSS pixels; down is positive. */
  readonly by: Point
}

export function dragged(
  view: View,
  gesture: Gesture,
  { pressed, by }: Drag,
  film: Film,
  pane: Size,
): View {
  switch (gesture) {
    case 'window':
      return windowed(view, film, by)
    case 'pan':
      return panned(view, by)
    case 'zoom':
      // As Cornerstone's ZoomTool: five times as large over the height of the pane, in steps of dy.
      return zoomedAt(view, Math.exp((by.y * 5) / pane.height), pressed, film, pane)
  }
}

/** Across changes the width, down darkens; a pixel is 1/1024 of the film's range. */
export function windowed(view: View, film: Film, by: Point): View {
  const step = range(film) / 1024
  const darker = film.inverted !== view.invert ? -by.y : by.y
  const grey = moved(film, view.grey, { centre: darker * step, width: by.x * step })
  return { ...view, grey }
}

/** Zoom of a wheel turn; a notch is 100 in Chromium. */
export const wheelFactor = (deltaY: number): number => Math.exp(-deltaY * 0.002)

/** Chromium's smallest notch of a mouse wheel on any platform is 53; a touch pad turns in smaller steps. */
const notch = 50

/**
 * Films to go on (negative: back) for a turn of the wheel: one a notch, however long the notch is,
 * and a touch pad's small turns add up; `rest` is kept for the next turn.
 */
export function wheelSteps(rest: number, deltaY: number): { steps: number; rest: number } {
  if (Math.abs(deltaY) >= notch) return { steps: Math.sign(deltaY), rest: 0 }
  const sum = rest * deltaY < 0 ? deltaY : rest + deltaY
  return Math.abs(sum) >= notch ? { steps: Math.sign(sum), rest: 0 } : { steps: 0, rest: sum }
}
