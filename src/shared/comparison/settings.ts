/** The settings of runs as flat lists, so that a table can show only what differs. */
import { nameOfScale } from '../domain/preprocessing.ts'
import type { Run } from '../domain/run.ts'
import { layersInWords, networkSettings } from './networkSettings.ts'

export type SettingValue = string | number | boolean | undefined

export interface Setting {
  /** Where it stands, e.g. `settings.augmentation.zoom`. */
  readonly key: string
  readonly label: string
  readonly value: SettingValue
}

/** What all runs of one table have set, and what not. */
export interface SettingColumn {
  readonly key: string
  readonly label: string
  /** By run, in the order of the runs. */
  readonly values: readonly SettingValue[]
}

export type ComparedRun = Pick<Run, 'recipe' | 'datasetName' | 'spec' | 'settings'>

/** Everything a run was set up with. */
export function settingsOf({ recipe, datasetName, spec, settings }: ComparedRun): Setting[] {
  const { input, layers, loss, optimiser } = spec
  return [
    { key: 'recipe', label: 'Recipe', value: recipe },
    { key: 'dataset', label: 'Data set', value: datasetName },
    { key: 'input', label: 'Input', value: `${input.height}×${input.width}×${input.channels}` },
    ...networkSettings(layers),
    { key: 'network.layers', label: 'Layers', value: layersInWords(layers) },
    ...flat('loss', loss),
    ...flat('optimiser', optimiser),
    {
      key: 'settings.normalisation',
      label: 'Normalisation',
      value: nameOfScale(settings.preprocessing),
    },
    ...flat('settings', settings),
  ]
}

/**
 * The settings in which the runs differ, in the order of the first run that has them. The layers in words are told only
 * where nothing else tells the networks apart.
 */
export function differingSettings(runs: readonly ComparedRun[]): SettingColumn[] {
  const columns = settingColumns(runs).filter(({ values }) => new Set(values).size > 1)
  const isTold = columns.some(({ key }) => key.startsWith('network.') && key !== 'network.layers')
  return columns.filter(({ key }) => key !== 'network.layers' || !isTold)
}

/** All settings of all runs, whether they differ or not. */
export function settingColumns(runs: readonly ComparedRun[]): SettingColumn[] {
  const lists = runs.map(settingsOf)
  const labels = new Map(lists.flat().map(({ key, label }) => [key, label]))
  const byKey = lists.map((list) => new Map(list.map(({ key, value }) => [key, value])))
  return [...labels].map(([key, label]) => ({
    ...{ key, label },
    values: byKey.map((values) => values.get(key)),
  }))
}

/** What is repeated to see how much chance there is in a result. */
const repeatKeys: ReadonlySet<string> = new Set(['settings.seed', 'settings.fold'])

/** Runs that differ in nothing but seed and fold, together; groups in the order of their first run. */
export function groupRepeats<Item extends ComparedRun>(runs: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const run of runs) {
    const settings = settingsOf(run).filter(({ key }) => !repeatKeys.has(key))
    const key = JSON.stringify(settings.map(({ key, value }) => [key, value]))
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()]
}

const labels: ReadonlyMap<string, string> = new Map([
  ['loss.kind', 'Loss'],
  ['loss.gamma', 'Focal gamma'],
  ['optimiser.kind', 'Optimiser'],
  ['settings.schedule.kind', 'Schedule'],
  ['settings.memoryBudgetMb', 'Memory budget'],
])

/** Told by its name. */
const untold: ReadonlySet<string> = new Set(['settings.preprocessing'])

function flat(prefix: string, value: unknown): Setting[] {
  if (untold.has(prefix)) return []
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, inner]) => flat(`${prefix}.${name}`, inner))
  }
  const told = isPlain(value) ? value : JSON.stringify(value)
  return [{ key: prefix, label: labels.get(prefix) ?? words(prefix), value: told }]
}

const isPlain = (value: unknown): value is SettingValue =>
  value === undefined || ['string', 'number', 'boolean'].includes(typeof value)

/** `settings.augmentation.flipHorizontal` → «Flip horizontal». */
function words(key: string): string {
  const last = key.slice(key.lastIndexOf('.') + 1)
  const spaced = last.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
