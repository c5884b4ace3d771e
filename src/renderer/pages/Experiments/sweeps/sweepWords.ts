/** What is said of sweeps. */
import { assertNever } from '../../../../shared/assertNever.ts'
import type {
  LibrarySweep,
  SweepState,
  SweepSummary,
  SweptConfiguration,
} from '../../../../shared/domain/librarySweep.ts'
import type { SweepPreview } from '../../../../shared/domain/sweepReading.ts'
import { duration, metric, plural } from '../../../format.ts'
import type { StatusWord } from '../runWords.ts'

export function stateWord(state: SweepState): StatusWord {
  switch (state) {
    case 'waiting':
      return { word: 'Waiting', tone: 'plain' }
    case 'training':
      return { word: 'Running', tone: 'accent' }
    case 'paused':
      return { word: 'Paused', tone: 'plain' }
    case 'interrupted':
      return { word: 'Interrupted', tone: 'warning' }
    case 'ended':
      return { word: 'Ended', tone: 'good' }
    default:
      return assertNever(state)
  }
}

export const isGoing = ({ state }: Pick<SweepSummary, 'state'>): boolean =>
  state === 'waiting' || state === 'training'

/** «3 of 8 trainings complete, 4 dropped, 1 failed». */
export function progressWords({
  complete,
  trainings,
  dropped,
  failed,
}: Pick<SweepSummary, 'complete' | 'trainings' | 'dropped' | 'failed'>): string {
  return [
    `${complete} of ${plural(trainings, 'training')} complete`,
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ')
}

/** «4 configurations, 8 trainings, about 02:05 by the pace of «digits»». */
export function planWords({ configurations, trainings, estimate }: SweepPreview): string {
  const time = estimate
    ? `about ${duration(estimate.seconds)} by the pace of “${estimate.measuredOn}”`
    : 'no ended training yet to tell how long'
  return `${plural(configurations.length, 'configuration')}, ${plural(trainings, 'training')}, ${time}`
}

/** «9 configurations to epoch 1, 3 to epoch 3, 1 to epoch 9»; empty without halving. */
export const roundWords = ({ rounds }: SweepPreview): string =>
  rounds
    .map(({ configurations, untilEpoch }, place) => {
      const who = place === 0 ? plural(configurations, 'configuration') : String(configurations)
      return `${who} to epoch ${untilEpoch}`
    })
    .join(', ')

/** Names of what differs, in the order of their first mention. */
export const differingOptions = (
  configurations: readonly { readonly differs: Readonly<Record<string, unknown>> }[],
): string[] => [...new Set(configurations.flatMap(({ differs }) => Object.keys(differs)))]

/** `[16, 32]` → «16 32»; what a configuration leaves as it is: a dash. */
export function optionWords(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.map(optionWords).join(' ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `convolutionsPerGroup` → «Convolutions per group». */
export function optionLabel(option: string): string {
  const spaced = option.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

type Figure = SweptConfiguration['gap']

/** «0.912 ± 0.004». */
export const figureWords = (figure: Figure, words: (value: number) => string = metric): string => {
  if (!figure) return '–'
  const { mean, deviation } = figure
  return deviation === undefined ? words(mean) : `${words(mean)} ± ${words(deviation)}`
}

/** Of the trainings that are left, by the epochs so far; undefined before the first has ended. */
export function secondsLeft({ configurations }: LibrarySweep): number | undefined {
  let seconds = 0
  let done = 0
  let left = 0
  for (const configuration of configurations) {
    seconds += configuration.seconds
    for (const { status, epochs, ofEpochs } of configuration.trainings) {
      done += epochs
      const isOver = status === 'complete' || status === 'failed' || status === 'dropped'
      if (!isOver) left += Math.max(0, ofEpochs - epochs)
    }
  }
  return done === 0 ? undefined : (seconds / done) * left
}

/** Rows with the best value, none where all are equal. */
export function bestConfigurations(
  configurations: readonly SweptConfiguration[],
): ReadonlySet<number> {
  const known = configurations.flatMap(({ number, valAccuracyBest }) =>
    valAccuracyBest ? [{ number, value: valAccuracyBest.mean }] : [],
  )
  const best = Math.max(...known.map(({ value }) => value))
  if (known.every(({ value }) => value === best)) return new Set()
  return new Set(known.filter(({ value }) => value === best).map(({ number }) => number))
}
