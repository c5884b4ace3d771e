/** Every command of the program and its usual keys; `keymap` knows the ones a person has given it instead. */
import type { ViewCommand } from '../viewer/viewCommands.ts'

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
  | 'help'
  | 'about'

/** What the Review page alone obeys. */
export type ReviewCommand =
  | ViewCommand
  | 'actual-size'
  | 'turn-film'
  | 'previous'
  | 'next'
  | 'first'
  | 'last'
  | 'previous-case'
  | 'next-case'
  | 'previous-patient'
  | 'next-patient'
  | 'previous-frame'
  | 'next-frame'
  | 'verdict-normal'
  | 'verdict-pneumonia'
  | 'verdict-unsure'
  | 'verdict-bad-quality'
  | 'undo'
  | 'tool-window'
  | 'tool-pan'
  | 'tool-zoom'
  | 'tool-length'
  | 'tool-angle'
  | 'tool-ratio'
  | 'tool-rectangle'
  | 'tool-arrow'
  | 'lens'
  | 'place-mark'
  | 'remove-mark'
  | 'cancel'
  | 'layout'
  | 'link'
  | 'other-pane'
  | 'overlay'
  | 'file-drawings'
  | 'mouse'
  | 'save-picture'
  | 'export-marks-csv'
  | 'export-marks-json'
  | 'agreement'
  | 'report-html'
  | 'report-pdf'
  | 'map'
  | 'map-method'
  | 'map-colours'
  | 'map-stronger'
  | 'map-fainter'
  | 'search'
  | 'note'
  | 'worklist'
  | 'blind-first'
  | 'score-all'
  | 'export'
  | 'export-dicom'
  | 'clear'

export type Command = ShellCommand | ReviewCommand

export interface Shortcut {
  readonly command: Command
  readonly group: ShortcutGroup
  readonly label: string
  /** Any of them; written as a person says them. May be none. */
  readonly keys: readonly string[]
  /** With Shift it goes ten steps at once, with Ctrl a hundred. */
  readonly stepped?: true
}

export const shortcutGroups = ['View', 'Window and level', 'Tools', 'Films', 'Verdict'] as const
export const pageGroups = ['Worklist', 'Window'] as const
export type ShortcutGroup = (typeof shortcutGroups)[number] | (typeof pageGroups)[number]

const shortcut = (
  group: ShortcutGroup,
  command: Command,
  label: string,
  ...keys: string[]
): Shortcut => ({ command, group, label, keys })

const stepped = (
  group: ShortcutGroup,
  command: Command,
  label: string,
  ...keys: string[]
): Shortcut => ({ command, group, label, keys, stepped: true })

export const shortcuts: readonly Shortcut[] = [
  shortcut('Window', 'go-review', 'Review', 'Ctrl+1'),
  shortcut('Window', 'go-datasets', 'Datasets', 'Ctrl+2'),
  shortcut('Window', 'go-experiments', 'Experiments', 'Ctrl+3'),
  shortcut('Window', 'go-models', 'Models', 'Ctrl+4'),
  shortcut('Window', 'go-activity', 'Activity', 'Ctrl+5'),
  shortcut('Window', 'palette', 'Find a place or an action', 'Ctrl+K'),
  shortcut('Window', 'keys', 'Show all keys', '?'),
  shortcut('Window', 'help', 'Help with this place', 'F1'),
  shortcut('Window', 'about', 'About Pneumoscope'),

  shortcut('Films', 'open-films', 'Open films', 'Ctrl+O'),
  shortcut('Films', 'open-folder', 'Open a folder of films', 'Ctrl+Shift+O'),
  stepped('Films', 'previous', 'Previous film', '↑'),
  stepped('Films', 'next', 'Next film', '↓'),
  shortcut('Films', 'first', 'First film', 'Home'),
  shortcut('Films', 'last', 'Last film', 'End'),
  shortcut('Films', 'previous-case', 'Previous case', '←'),
  shortcut('Films', 'next-case', 'Next case', '→'),
  shortcut('Films', 'previous-patient', 'Previous patient', 'PageUp'),
  shortcut('Films', 'next-patient', 'Next patient', 'PageDown'),
  stepped('Films', 'previous-frame', 'Previous frame', ','),
  stepped('Films', 'next-frame', 'Next frame', '.'),

  shortcut('Verdict', 'verdict-normal', 'Normal', 'N'),
  shortcut('Verdict', 'verdict-pneumonia', 'Pneumonia', 'P'),
  shortcut('Verdict', 'verdict-unsure', 'Unsure', 'U'),
  shortcut('Verdict', 'verdict-bad-quality', 'Bad quality', 'Q'),
  shortcut('Verdict', 'undo', 'Undo the last verdict or drawing', 'Ctrl+Z'),
  shortcut('Verdict', 'note', 'Write a note', 'Ctrl+M'),
  shortcut('Verdict', 'report-html', 'Export a report of the film as HTML'),
  shortcut('Verdict', 'report-pdf', 'Export a report of the film as PDF'),
  shortcut('Verdict', 'agreement', 'Agreement with the model', 'Ctrl+G'),

  shortcut('Window and level', 'window-auto', 'Auto window, 1–99 %', '0'),
  shortcut('Window and level', 'window-file-1', 'First window of the file', '1'),
  shortcut('Window and level', 'window-file-2', 'Second window of the file', '2'),
  shortcut('Window and level', 'window-lung', 'Lung', '3'),
  shortcut('Window and level', 'window-mediastinum', 'Bone and mediastinum', '4'),
  shortcut('Window and level', 'window-full', 'Full range of greys', '5'),
  stepped('Window and level', 'window-brighter', 'Brighter', 'Alt+↑'),
  stepped('Window and level', 'window-darker', 'Darker', 'Alt+↓'),
  stepped('Window and level', 'window-narrower', 'More contrast', 'Alt+←'),
  stepped('Window and level', 'window-wider', 'Less contrast', 'Alt+→'),
  shortcut('Window and level', 'invert', 'Invert black and white', 'I'),
  shortcut('Window and level', 'turn-film', 'Black and white are wrong in the file', 'Ctrl+I'),

  shortcut('View', 'reset', 'Reset the view', 'Space'),
  shortcut('View', 'fit', 'Fit the film', '='),
  shortcut('View', 'actual-size', 'Fit ↔ 1:1', 'F'),
  shortcut('View', 'zoom-in', 'Zoom in', '+'),
  shortcut('View', 'zoom-out', 'Zoom out', '-', '−'),
  shortcut('View', 'rotate-right', 'Rotate right', 'R'),
  shortcut('View', 'rotate-left', 'Rotate left', 'L'),
  shortcut('View', 'flip-horizontal', 'Flip left and right', 'H'),
  shortcut('View', 'flip-vertical', 'Flip top and bottom', 'V'),
  shortcut('View', 'lens', 'Magnifier', 'G'),
  shortcut('View', 'map', 'Heat map on or off; held: a look at it', 'M'),
  shortcut('View', 'map-method', 'Next method of the heat map', 'Shift+M'),
  shortcut('View', 'map-colours', 'Other colours of the heat map'),
  shortcut('View', 'map-stronger', 'Stronger heat map', ']'),
  shortcut('View', 'map-fainter', 'Fainter heat map', '['),
  shortcut('View', 'layout', 'One film or two side by side', 'X'),
  shortcut('View', 'link', 'Link or unlink the two films', 'K'),
  shortcut('View', 'other-pane', 'Work on the other film', 'J'),
  shortcut('View', 'overlay', 'Show or hide the text on the film', 'O'),
  shortcut('View', 'file-drawings', 'Show or hide drawings from the file', 'Shift+O'),
  shortcut('View', 'save-picture', 'Save the film with its overlay as PNG', 'Ctrl+S'),

  shortcut('Tools', 'tool-window', 'Window and level', 'W'),
  shortcut('Tools', 'tool-pan', 'Move', 'T'),
  shortcut('Tools', 'tool-zoom', 'Zoom', 'Z'),
  shortcut('Tools', 'tool-length', 'Length', 'D'),
  shortcut('Tools', 'tool-angle', 'Angle', 'A'),
  shortcut('Tools', 'tool-ratio', 'Cardiothoracic ratio', 'C'),
  shortcut('Tools', 'tool-rectangle', 'Rectangle', 'B'),
  shortcut('Tools', 'tool-arrow', 'Arrow', 'Y'),
  shortcut('Tools', 'place-mark', 'Draw in the middle, to be moved by keys', 'Enter'),
  shortcut('Tools', 'remove-mark', 'Delete the chosen drawing', 'Delete'),
  shortcut('Tools', 'cancel', 'Give up the drawing, put the tool away', 'Escape'),
  shortcut('Tools', 'mouse', 'Change what the mouse does', 'Ctrl+Shift+M'),
  shortcut('Tools', 'export-marks-csv', 'Export measurements as CSV'),
  shortcut('Tools', 'export-marks-json', 'Export measurements as JSON'),

  shortcut('Worklist', 'search', 'Search the worklist', 'Ctrl+F', '/'),
  shortcut('Worklist', 'worklist', 'Show or hide the worklist', 'Ctrl+B'),
  shortcut('Worklist', 'score-all', 'Score all films', 'Ctrl+Enter'),
  shortcut('Worklist', 'blind-first', 'Hide scores until the verdict', 'Ctrl+Shift+H'),
  shortcut('Worklist', 'export', 'Export the worklist', 'Ctrl+E'),
  shortcut(
    'Worklist',
    'export-dicom',
    'Export as DICOM: without patients, or scores',
    'Ctrl+Shift+E',
  ),
  shortcut('Worklist', 'clear', 'Clear the worklist', 'Ctrl+Shift+Delete'),
]

const byCommand = new Map(shortcuts.map((each) => [each.command, each]))

export const shortcutOf = (command: Command): Shortcut => byCommand.get(command)!

export const isCommand = (name: string): name is Command =>
  shortcuts.some(({ command }) => command === name)

const shellGroup = new Set<Command>(['open-films', 'open-folder'])

export const isReviewCommand = (command: Command): command is ReviewCommand =>
  shortcutOf(command).group !== 'Window' && !shellGroup.has(command)

/** What of a KeyboardEvent tells a key from another. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

const names: Readonly<Record<string, string>> = {
  ...{ ' ': 'Space', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' },
}

/** «Ctrl+Shift+O»; a Mac's command key counts as Ctrl. Shift is part of a sign as «?» or «+», not a key beside it. */
export function keyName({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const name = names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const shift = shiftKey && !isSign(name)
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shift ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+')
}

/** Arrows are keys with a sign for a name, but no letter of any keyboard. */
const isSign = (name: string) =>
  name.length === 1 && name.toLowerCase() === name.toUpperCase() && !'↑↓←→'.includes(name)

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
