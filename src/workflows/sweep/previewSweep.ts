/** What a sweep would train, and about how long. */
import type { PlannedSweep } from '../../shared/domain/sweep.ts'
import type { SweepMistake, SweepPreview } from '../../shared/domain/sweepReading.ts'
import type { Library } from '../library.ts'
import { rounds } from './halving.ts'
import { planLibrarySweep, type SweepText } from './librarySweep.ts'

/** For a person who writes: a mistake is an answer. Throws BAD_INPUT for films without classes, NOT_FOUND. */
export async function previewSweep(
  library: Library,
  order: SweepText,
): Promise<SweepPreview | SweepMistake> {
  const reading = await planLibrarySweep(library, order)
  if (reading.kind === 'mistake') return reading
  const { planned, macs } = reading
  const pace = await measuredPace(library)
  const films = library.store.datasets
    .get(order.datasetId)
    .counts.reduce((sum, { train, unassigned }) => sum + train + unassigned, 0)
  return {
    kind: 'preview',
    name: planned.name,
    configurations: planned.configurations.map(
      ({ number, name, priority, differs, params, runs }) => ({
        ...{ number, name, priority, differs, params },
        trainings: runs.length,
        epochs: runs[0]?.settings.epochs ?? 0,
      }),
    ),
    trainings: planned.configurations.reduce((sum, { runs }) => sum + runs.length, 0),
    rounds: planned.halving ? rounds(planned) : [],
    ...(pace && {
      estimate: {
        seconds: films * multiplications(planned, macs) * pace.secondsPerMac,
        measuredOn: pace.name,
      },
    }),
  }
}

/**
 * Multiplications for one training film over the whole sweep. With halving nobody knows who goes on, so that each round
 * is taken as made of average configurations.
 */
export function multiplications(planned: PlannedSweep, macs: readonly number[]): number {
  const { configurations, halving } = planned
  const whole = configurations.map(({ runs }, at) =>
    runs.reduce((sum, { settings }) => sum + settings.epochs * macs[at]!, 0),
  )
  const sum = whole.reduce((all, each) => all + each, 0)
  if (!halving) return sum
  const all = rounds(planned)
  const last = all.at(-1)!.untilEpoch
  const trained = all.reduce((share, round, at) => {
    const from = at === 0 ? 0 : all[at - 1]!.untilEpoch
    return share + round.configurations * (round.untilEpoch - from)
  }, 0)
  return (sum * trained) / (configurations.length * last)
}

/** Multiplications decide how long an epoch takes; the newest whole training tells how many this machine does. */
async function measuredPace({ store, engine }: Library) {
  const measured = store.runs
    .all()
    .find(({ status, epochs, films }) => status === 'complete' && films && epochs.length > 0)
  if (!measured?.films) return undefined
  const { name, epochs, films, spec } = measured
  const { macs } = await engine.summarise({ spec, batchSize: 1 })
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0)
  const done = films.train * epochs.length * macs
  return done > 0 ? { name, secondsPerMac: seconds / done } : undefined
}
