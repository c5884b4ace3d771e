import { tick } from 'svelte'
import type { ReviewCommand } from '../../state/shortcuts.ts'
import { isMarkKind, type Tool } from '../../viewer/tools.svelte.ts'
import { viewCommands, type ViewCommand } from '../../viewer/viewCommands.ts'
import { apply, filmToPane, inverse, scaleOf } from '../../viewer/view.ts'
import { saveFilmPicture } from './filmPicture.ts'
import type { Review } from './review.svelte.ts'

/** Does what a key, a tool or the command palette asks of the Review page, `times` its step. */
export async function runReviewCommand(
  command: ReviewCommand,
  review: Review,
  times = 1,
): Promise<void> {
  if (isViewCommand(command)) review.panes.run(command, times)
  else await actions[command](review, times)
}

type Action = Exclude<ReviewCommand, ViewCommand>

const isViewCommand = (command: ReviewCommand): command is ViewCommand =>
  viewCommands.some((each) => each === command)

const use =
  (tool: Tool) =>
  ({ panes }: Review) =>
    panes.tools.choose(tool)

const actions: Readonly<Record<Action, (review: Review, times: number) => void | Promise<void>>> = {
  previous: (review, times) => review.step(-times),
  next: (review, times) => review.step(times),
  first: (review) => review.first(),
  last: (review) => review.last(),
  'previous-case': (review) => review.stepGroup(-1, 'case'),
  'next-case': (review) => review.stepGroup(1, 'case'),
  'previous-patient': (review) => review.stepGroup(-1, 'patient'),
  'next-patient': (review) => review.stepGroup(1, 'patient'),
  'previous-frame': ({ panes }, times) => panes.current.stepFrame(-times),
  'next-frame': ({ panes }, times) => panes.current.stepFrame(times),
  'verdict-normal': (review) => review.giveVerdict('normal'),
  'verdict-pneumonia': (review) => review.giveVerdict('pneumonia'),
  'verdict-unsure': (review) => review.giveVerdict('unsure'),
  'verdict-bad-quality': (review) => review.giveVerdict('bad-quality'),
  undo: (review) => review.undo(),
  'actual-size': ({ panes }) => panes.viewer.toggleActualSize(),
  'turn-film': (review) => review.turnFilm(),
  'tool-window': use('window'),
  'tool-pan': use('pan'),
  'tool-zoom': use('zoom'),
  'tool-length': use('length'),
  'tool-angle': use('angle'),
  'tool-ratio': use('ratio'),
  'tool-rectangle': use('rectangle'),
  'tool-arrow': use('arrow'),
  lens({ panes: { tools } }) {
    tools.lens = !tools.lens
  },
  'place-mark': placeMark,
  'remove-mark'({ panes: { viewer } }) {
    if (viewer.marks.selectedId !== undefined) viewer.marks.remove(viewer.marks.selectedId)
  },
  cancel({ panes: { viewer, tools } }) {
    if (viewer.marks.cancel() || tools.putAway()) return
    viewer.marks.selectedId = undefined
  },
  layout: ({ panes, preferences }) => preferences.setLayout(panes.count === 1 ? 'two' : 'one'),
  link: ({ preferences }) => preferences.toggleLink(),
  'other-pane': ({ panes }) => panes.activate(panes.active === 0 ? 1 : 0),
  overlay: ({ preferences, panes }) => preferences.setOverlay(!panes.overlay),
  'file-drawings': ({ preferences, panes }) => preferences.setFileDrawings(!panes.fileDrawings),
  mouse: ({ preferences, panes }) =>
    preferences.setMouse(panes.tools.mouse === 'radiology' ? 'simple' : 'radiology'),
  'save-picture': (review) =>
    saveFilmPicture(review.panes.current, review.drawnMap, review.panes.fileDrawings),
  'export-marks-csv': ({ exports }) => exports.marks('csv'),
  'export-marks-json': ({ exports }) => exports.marks('json'),
  map: ({ maps }) => maps.toggle(),
  'map-method': ({ maps }) => maps.nextMethod(),
  'map-colours': ({ maps }) => maps.setPalette(maps.palette === 'inferno' ? 'viridis' : 'inferno'),
  'map-stronger': ({ maps }, times) => maps.strengthen(times),
  'map-fainter': ({ maps }, times) => maps.strengthen(-times),
  'report-html': (review) => review.exportReport('html'),
  'report-pdf': (review) => review.exportReport('pdf'),
  agreement: ({ agreement }) => agreement.open(),
  worklist: ({ preferences }) => preferences.setWorklistOpen(!preferences.worklistOpen),
  async 'blind-first'(review) {
    const { preferences, worklist } = review
    // An order or a choice by score would tell what is to be hidden.
    if (worklist.order === 'score') worklist.order = 'added'
    if (worklist.filter === 'above') worklist.filter = 'all'
    await preferences.setBlindFirst(!preferences.blindFirst)
    review.wantMap()
  },
  async search({ preferences }) {
    await preferences.setWorklistOpen(true)
    await focusOn('worklist-search')
  },
  note: () => focusOn('review-note'),
  'score-all': ({ screening }) => screening.start(),
  export: ({ exports }) => exports.worklist(),
  'export-dicom'({ dicomExport }) {
    dicomExport.open = true
  },
  clear(review) {
    review.confirmingClear = review.worklist.items.length > 0
  },
}

/** With a drawing tool in hand, for those who draw without a pointer: in the middle of what is seen. */
async function placeMark({ panes: { viewer } }: Review) {
  const { film, pane, view, tools } = viewer
  const tool = tools.left
  if (!film || !isMarkKind(tool)) return
  const middle = { x: pane.width / 2, y: pane.height / 2 }
  const reach = Math.min(pane.width, pane.height) / 5 / scaleOf(view, film, pane)
  viewer.marks.addInMiddle(tool, apply(inverse(filmToPane(view, film, pane)), middle), reach)
  await tick()
  document.querySelector<SVGElement>('[data-mark] [role=button]')?.focus()
}

async function focusOn(elementId: string) {
  await tick()
  document.getElementById(elementId)?.focus()
}
