/** What the keys and the toolbar do to a film; each is also a command's name. */
import { range, type Film } from './film.ts'
import type { Pane } from './renderer.ts'
import { fitted, freshView, mirrored, turned, zoomed, type View } from './view.ts'
import { moved, unchanged, type WindowPreset } from './windowPresets.ts'

export const viewCommands = [
  'reset',
  'fit',
  'zoom-in',
  'zoom-out',
  'rotate-right',
  'rotate-left',
  'flip-horizontal',
  'flip-vertical',
  'invert',
  'window-auto',
  'window-file-1',
  'window-file-2',
  'window-lung',
  'window-mediastinum',
  'window-full',
  'window-darker',
  'window-brighter',
  'window-narrower',
  'window-wider',
] as const
export type ViewCommand = (typeof viewCommands)[number]

const zoomStep = 1.25

const presets: Partial<Readonly<Record<ViewCommand, WindowPreset>>> = {
  'window-auto': 'auto',
  'window-file-1': 0,
  'window-file-2': 1,
  'window-lung': 'lung',
  'window-mediastinum': 'mediastinum',
  'window-full': 'full',
}

/** `times` steps for what goes in steps. */
export function viewAfter(
  command: ViewCommand,
  view: View,
  film: Film,
  pane: Pane,
  times: number,
): View {
  const preset = presets[command]
  if (preset !== undefined) return { ...view, grey: unchanged(preset) }
  switch (command) {
    case 'reset':
      return freshView
    case 'fit':
      return fitted(view)
    case 'zoom-in':
      return zoomed(view, zoomStep ** times, film, pane)
    case 'zoom-out':
      return zoomed(view, zoomStep ** -times, film, pane)
    case 'rotate-right':
      return turned(view, 'right')
    case 'rotate-left':
      return turned(view, 'left')
    case 'flip-horizontal':
      return mirrored(view, 'horizontal')
    case 'flip-vertical':
      return mirrored(view, 'vertical')
    case 'invert':
      return { ...view, invert: !view.invert }
    case 'window-darker':
      return stepped(view, film, { centre: times, width: 0 })
    case 'window-brighter':
      return stepped(view, film, { centre: -times, width: 0 })
    case 'window-wider':
      return stepped(view, film, { centre: 0, width: times })
    case 'window-narrower':
      return stepped(view, film, { centre: 0, width: -times })
    default:
      return view
  }
}

/** A step is one grey value of a film of up to 10 bits, and 1/1024 of the range beyond. */
function stepped(view: View, film: Film, by: { centre: number; width: number }): View {
  const step = greyStep(film)
  const centre = (film.inverted !== view.invert ? -by.centre : by.centre) * step
  return { ...view, grey: moved(film, view.grey, { centre, width: by.width * step }) }
}

/** What one press of a key changes a window by, in real values. */
export function greyStep(film: Film): number {
  const { sampleType, slope } = film.description
  return sampleType === 'float32' ? range(film) / 1024 : Math.abs(slope)
}
