/** What the command palette finds. */
import type { Dataset } from '../../shared/domain/dataset.ts'
import type { SweepSummary } from '../../shared/domain/librarySweep.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { LibraryModel } from '../../shared/contracts/appAreas/models.ts'
import { plural } from '../format.ts'
import { sweepSubject, type Place } from '../state/navigation.svelte.ts'
import { keymap } from '../state/keymap.svelte.ts'
import { shortcuts, type Command, type ShortcutGroup } from '../state/shortcuts.ts'

export type PaletteAction =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'go'; readonly place: Place; readonly subject: string }

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  /** What it is, and its key if it has one. */
  readonly detail: string
  readonly action: PaletteAction
}

const recent = 8

/** Places and actions, then the newest data sets, runs, sweeps and models. */
export function paletteEntries(library: {
  readonly datasets: readonly Dataset[]
  readonly runs: readonly Run[]
  readonly models: readonly LibraryModel[]
  readonly sweeps: readonly SweepSummary[]
}): PaletteEntry[] {
  const commands = shortcuts
    .filter(({ command }) => command !== 'palette')
    .map(({ command, label, group }) => ({
      id: command,
      label: command.startsWith('go-') ? `Go to ${label}` : label,
      detail: detailOf(command, label, group),
      action: { kind: 'command' as const, command },
    }))
  const go = (place: Place, subject: string, label: string, detail: string): PaletteEntry => ({
    id: `${place}-${subject}`,
    label,
    detail,
    action: { kind: 'go', place, subject },
  })
  return [
    ...commands,
    ...newest(library.datasets, (each) => each.createdAt).map(({ id, name, images }) =>
      go('datasets', id, name, `Data set · ${plural(images, 'film')}`),
    ),
    ...newest(library.runs, (each) => each.createdAt).map(({ id, name, status }) =>
      go('experiments', id, name, `Run · ${status}`),
    ),
    ...newest(library.sweeps, (each) => each.createdAt).map(({ id, name, state }) =>
      go('experiments', sweepSubject(id), name, `Sweep · ${state}`),
    ),
    ...newest(library.models, (each) => each.manifest.createdAt).map(({ id, manifest }) =>
      go('models', id, manifest.name, 'Model'),
    ),
  ]
}

/** A verdict, a tool or a window is named by a word alone, which says too little among all commands. */
function detailOf(command: Command, label: string, group: ShortcutGroup): string {
  const short = label.split(' ').length < 3 && group !== 'Window'
  return [short ? group : '', keymap.keysOf(command)[0] ?? ''].filter(Boolean).join(' · ')
}

const newest = <T>(items: readonly T[], time: (item: T) => string): T[] =>
  [...items].sort((a, b) => time(b).localeCompare(time(a))).slice(0, recent)

/** Entries that hold every word of the query; those whose label begins with it come first. */
export function matching(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const wanted = query.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  const found = entries.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const rank = ({ label }: PaletteEntry) => (label.toLowerCase().startsWith(wanted) ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b))
}
