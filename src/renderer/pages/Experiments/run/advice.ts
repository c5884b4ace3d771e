import { isUnderWay, type Run } from '../../../../shared/domain/run.ts'
import type { EpochReport } from '../../../../shared/domain/training.ts'
import { leakWords } from '../../../../shared/split/words.ts'
import { metric, percent, plural } from '../../../format.ts'
import { bestReport } from '../runWords.ts'

export interface Advice {
  readonly kind: 'note' | 'warning' | 'problem'
  readonly title: string
  readonly text: string
}

/** Epochs without a better one that count as a plateau. */
const plateauEpochs = 5
/** Epochs over which a gap must have grown at each step. */
const gapEpochs = 3

/** What a person should know of a run: why it ended, and what its curves say. */
export function adviseOn(run: Run): Advice[] {
  const ending = endingOf(run)
  const leak = leakOf(run)
  const curves = run.status === 'failed' ? [] : [guessing(run), growingGap(run), plateau(run)]
  return [leak, ending, ...curves].filter((advice) => advice !== undefined)
}

function leakOf({ leak }: Run): Advice | undefined {
  if (!leak) return undefined
  return { kind: 'problem', title: 'The split leaks', text: leakWords(leak) }
}

function endingOf({ status, reason, epochs }: Run): Advice | undefined {
  const kept =
    epochs.length > 0 ? `${plural(epochs.length, 'finished epoch')} kept.` : 'No epoch had ended.'
  if (status === 'failed') {
    return {
      kind: 'problem',
      title: 'The training failed',
      text: `${reason ?? ''}\n${kept}`.trim(),
    }
  }
  if (status === 'interrupted') {
    return {
      kind: 'warning',
      title: 'The training was interrupted',
      text: `${reason ?? 'The program ended while it ran.'}\n${kept} Resume goes on from the last checkpoint.`,
    }
  }
  if (status === 'dropped') {
    return {
      kind: 'note',
      title: 'The sweep went on without it',
      text: `${reason ?? 'Others of its sweep were better.'}\n${kept} Resume trains it to the end all the same.`,
    }
  }
  return undefined
}

function guessing({ epochs, baselineAccuracy }: Run): Advice | undefined {
  const reached = epochs.flatMap(({ valAccuracy }) => valAccuracy ?? [])
  const best = Math.max(...reached)
  if (baselineAccuracy === undefined || reached.length < 3 || best > baselineAccuracy) {
    return undefined
  }
  return {
    kind: 'warning',
    title: 'No better than guessing so far',
    text: `Always naming the most frequent class reaches ${percent(baselineAccuracy)}; this run reached ${percent(best)} on the validation films. Try a lower learning rate or class weights.`,
  }
}

function growingGap({ epochs }: Run): Advice | undefined {
  const gaps = epochs.slice(-gapEpochs - 1).flatMap(gapOf)
  const last = gaps.at(-1)
  const grew = gaps.every((gap, index) => index === 0 || gap > (gaps[index - 1] ?? gap))
  const learning = (epochs.at(-1)?.loss ?? 0) < (epochs.at(-gapEpochs - 1)?.loss ?? 0)
  if (gaps.length <= gapEpochs || last === undefined || last <= 0 || !grew || !learning) {
    return undefined
  }
  return {
    kind: 'warning',
    title: 'The gap between training and validation grows',
    text: `Validation loss is now ${metric(last)} above training loss and has drawn away for ${gapEpochs} epochs: the network begins to learn the films by heart. More augmentation or dropout help; the best epoch is kept.`,
  }
}

const gapOf = ({ loss, valLoss }: EpochReport): number[] =>
  valLoss === undefined ? [] : [valLoss - loss]

function plateau(run: Run): Advice | undefined {
  const { epochs } = run
  const bestEpoch = bestReport(run)?.epoch
  const last = epochs.at(-1)?.epoch
  if (!isUnderWay(run) || last === undefined || bestEpoch === undefined) return undefined
  const since = last - bestEpoch
  if (since < plateauEpochs) return undefined
  return {
    kind: 'note',
    title: `No better epoch for ${since} epochs`,
    text: `Epoch ${bestEpoch} is still the best one. You can stop now: its weights are kept.`,
  }
}
