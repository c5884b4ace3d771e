import { tick } from 'svelte'
import type { ReviewCommand } from '../../state/shortcuts.ts'
import type { ViewCommand } from '../../viewer/viewer.svelte.ts'
import type { Review } from './review.svelte.ts'

/** Does what a key, a tool or the command palette asks of the Review page. */
export async function runReviewCommand(command: ReviewCommand, review: Review): Promise<void> {
  if (isAction(command)) await actions[command](review)
  else review.viewer.run(command)
}

type Action = Exclude<ReviewCommand, ViewCommand>

const actions: Readonly<Record<Action, (review: Review) => void | Promise<void>>> = {
  previous: (review) => review.step(-1),
  next: (review) => review.step(1),
  first: (review) => review.first(),
  last: (review) => review.last(),
  'verdict-normal': (review) => review.giveVerdict('normal'),
  'verdict-pneumonia': (review) => review.giveVerdict('pneumonia'),
  'verdict-unsure': (review) => review.giveVerdict('unsure'),
  'verdict-bad-quality': (review) => review.giveVerdict('bad-quality'),
  undo: (review) => review.undoVerdict(),
  overlay: ({ preferences, viewer }) => preferences.setOverlay(!viewer.overlay),
  mouse: ({ preferences, viewer }) =>
    preferences.setMouse(viewer.mouse === 'radiology' ? 'simple' : 'radiology'),
  worklist: ({ preferences }) => preferences.setWorklistOpen(!preferences.worklistOpen),
  async 'blind-first'({ preferences, worklist }) {
    // An order or a choice by score would tell what is to be hidden.
    if (worklist.order === 'score') worklist.order = 'added'
    if (worklist.filter === 'above') worklist.filter = 'all'
    await preferences.setBlindFirst(!preferences.blindFirst)
  },
  async search({ preferences }) {
    await preferences.setWorklistOpen(true)
    await focusOn('worklist-search')
  },
  note: () => focusOn('review-note'),
  'score-all': (review) => review.scoreAll(),
  export: (review) => review.exportCsv(),
  clear(review) {
    review.confirmingClear = review.worklist.items.length > 0
  },
}

const isAction = (command: ReviewCommand): command is Action => command in actions

async function focusOn(elementId: string) {
  await tick()
  document.getElementById(elementId)?.focus()
}
