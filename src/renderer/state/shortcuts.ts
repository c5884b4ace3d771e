/** Every key of the program in one table: what obeys it, the tool tips and the keys dialog read it. */
import type { ViewCommand } from '../viewer/viewer.svelte.ts'

export type ShellCommand =
  | 'open-films'
  | 'open-folder'
  | 'palette'
  | 'keys'
  | 'go-review'
  | 'go-datasets'
  | 'go-experiments'
  | 'go-models'
  | 'go-activity'

/** What the Review page alone obeys. */
export type ReviewCommand =
  | ViewCommand
  | 'previous'
  | 'next'
  | 'first'
  | 'last'
  | 'verdict-normal'
  | 'verdict-pneumonia'
  | 'verdict-unsure'
  | 'verdict-bad-quality'
  | 'undo'
  | 'overlay'
  | 'mouse'
  | 'search'
  | 'note'
  | 'worklist'
  | 'blind-first'
  | 'score-all'
  | 'export'
  | 'clear'

export type Command = ShellCommand | ReviewCommand

export interface Shortcut {
  readonly command: Command
  readonly group: 'Window' | 'Films' | 'Verdict' | 'View' | 'Worklist'
  readonly label: string
  /** Any of them; written as a person says them. */
  readonly keys: readonly string[]
}

const shortcut = (
  group: Shortcut['group'],
  command: Command,
  label: string,
  ...keys: string[]
): Shortcut => ({ command, group, label, keys })

export const shortcuts: readonly Shortcut[] = [
  shortcut('Window', 'go-review', 'Review', 'Ctrl+1'),
  shortcut('Window', 'go-datasets', 'Datasets', 'Ctrl+2'),
  shortcut('Window', 'go-experiments', 'Experiments', 'Ctrl+3'),
  shortcut('Window', 'go-models', 'Models', 'Ctrl+4'),
  shortcut('Window', 'go-activity', 'Activity', 'Ctrl+5'),
  shortcut('Window', 'palette', 'Find a place or an action', 'Ctrl+K'),
  shortcut('Window', 'keys', 'Show all keys', '?'),

  shortcut('Films', 'open-films', 'Open films', 'Ctrl+O'),
  shortcut('Films', 'open-folder', 'Open a folder of films', 'Ctrl+Shift+O'),
  shortcut('Films', 'previous', 'Previous film', '↑'),
  shortcut('Films', 'next', 'Next film', '↓'),
  shortcut('Films', 'first', 'First film', 'Home'),
  shortcut('Films', 'last', 'Last film', 'End'),

  shortcut('Verdict', 'verdict-normal', 'Normal', 'N'),
  shortcut('Verdict', 'verdict-pneumonia', 'Pneumonia', 'P'),
  shortcut('Verdict', 'verdict-unsure', 'Unsure', 'U'),
  shortcut('Verdict', 'verdict-bad-quality', 'Bad quality', 'Q'),
  shortcut('Verdict', 'undo', 'Undo the last verdict', 'Ctrl+Z'),
  shortcut('Verdict', 'note', 'Write a note', 'Ctrl+M'),

  shortcut('View', 'reset', 'Reset the view', 'Space'),
  shortcut('View', 'fit', 'Fit the film', '='),
  shortcut('View', 'actual-size', 'Fit ↔ 1:1', 'Z'),
  shortcut('View', 'zoom-in', 'Zoom in', '+'),
  shortcut('View', 'zoom-out', 'Zoom out', '-', '−'),
  shortcut('View', 'invert', 'Invert black and white', 'I'),
  shortcut('View', 'window-auto', 'Auto window, 1–99 %', '0'),
  shortcut('View', 'window-full', 'Full range of greys', '5'),
  shortcut('View', 'rotate-right', 'Rotate right', 'R'),
  shortcut('View', 'rotate-left', 'Rotate left', 'L'),
  shortcut('View', 'flip-horizontal', 'Flip left and right', 'H'),
  shortcut('View', 'flip-vertical', 'Flip top and bottom', 'V'),
  shortcut('View', 'overlay', 'Show or hide the text on the film', 'O'),
  shortcut('View', 'mouse', 'Change what the mouse does', 'Ctrl+Shift+M'),

  shortcut('Worklist', 'search', 'Search the worklist', 'Ctrl+F', '/'),
  shortcut('Worklist', 'worklist', 'Show or hide the worklist', 'Ctrl+B'),
  shortcut('Worklist', 'score-all', 'Score all films', 'Ctrl+Enter'),
  shortcut('Worklist', 'blind-first', 'Hide scores until the verdict', 'Ctrl+Shift+H'),
  shortcut('Worklist', 'export', 'Export the worklist', 'Ctrl+E'),
  shortcut('Worklist', 'clear', 'Clear the worklist', 'Ctrl+Shift+Delete'),
]

const byKey = new Map(shortcuts.flatMap(({ command, keys }) => keys.map((key) => [key, command])))
const byCommand = new Map(shortcuts.map((each) => [each.command, each]))

const shellGroup = new Set<Command>(['open-films', 'open-folder'])

export const isReviewCommand = (command: Command): command is ReviewCommand =>
  byCommand.get(command)!.group !== 'Window' && !shellGroup.has(command)

/** What of a KeyboardEvent tells a key from another. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

export function commandOf(press: KeyPress): Command | undefined {
  return press.altKey ? undefined : byKey.get(keyName(press))
}

/** «Reset the view (Space)». */
export function tip(command: Command): string {
  const { label, keys } = byCommand.get(command)!
  return `${label} (${keys[0]!})`
}

const names: Readonly<Record<string, string>> = { ' ': 'Space', ArrowUp: '↑', ArrowDown: '↓' }

/** «Ctrl+Shift+O»; a Mac's command key counts as Ctrl. Shift is part of a sign as «?» or «+», not a key beside it. */
function keyName({ key, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const name = names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const isSign = name.length === 1 && name.toLowerCase() === name.toUpperCase()
  return [ctrlKey || metaKey ? 'Ctrl' : '', shiftKey && !isSign ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+')
}

/** A closed dialog keeps the focus until the next frame takes it out of the page; keys are no longer its own. */
const openDialog = ['dialog', 'alertdialog']
  .map((role) => `[role=${role}]:not([data-state=closed])`)
  .join(', ')

/** Whether a key press belongs to what has the focus: a field, an open dialog, or a button that Space presses. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : undefined
  if (event.defaultPrevented || target?.closest(openDialog)) return true
  if (target?.closest('input, textarea, select, [contenteditable]')) {
    // Ctrl+Z takes back the writing there, not a verdict.
    return !event.ctrlKey || event.key.toLowerCase() === 'z'
  }
  const presses = event.key === ' ' || event.key === 'Enter'
  return presses && !event.ctrlKey && !!target?.closest('button, a, summary, [role=switch]')
}
