/** A training as lines: one an epoch, and the result. */
import type { SplitLeak } from '../../shared/domain/split.ts'
import { leakWords } from '../../shared/split/words.ts'
import type { EpochReport, TrainingProgress, TrainingResult } from '../../shared/domain/training.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { reportRefusals } from '../failures.ts'
import type { Output } from '../output.ts'
import type { ShownPath } from '../shownPath.ts'
import { clock, figure, grouped } from '../table.ts'
import { notice } from '../usage.ts'

export interface TrainingReporter {
  readonly report: (progress: TrainingProgress) => void
  readonly finished: (
    result: Omit<TrainingResult, 'epochs'> & { readonly leak?: SplitLeak | undefined },
  ) => void
  /** Films that could not be read. */
  readonly refused: () => number
}

const widths = [5, 8, 8, 8, 8, 8, 7, 9]
const headings = ['Epoch', 'loss', 'acc', 'valLoss', 'valAcc', 'valAUC', 'time', 'films/s']

export function trainingReporter(output: Output, shown: ShownPath): TrainingReporter {
  let refused = 0
  let headed = false
  function epoch(report: EpochReport) {
    output.record(record(report))
    if (!headed) output.print(line(headings))
    headed = true
    output.print(`${line(cells(report))}${report.best ? '  best' : ''}`)
  }
  return {
    refused: () => refused,
    report(progress) {
      switch (progress.kind) {
        case 'preparing':
          output.progress(
            progress.done / progress.total,
            `${progress.done} of ${progress.total} films decoded`,
          )
          return
        case 'prepared':
          refused += progress.refused.length
          reportRefusals(output, progress.refused, shown)
          output.note(prepared(progress))
          return
        case 'batch':
          output.progress(progress.batch / progress.batches, batchLine(progress))
          return
        case 'epoch':
          epoch(progress.report)
          return
        case 'testing':
          output.progress(progress.done / progress.total, 'Testing the best epoch')
          return
        default:
          assertNever(progress)
      }
    },
    finished({ modelFolder, bestEpoch, ended, test, leak }) {
      output.record({ model: modelFolder, bestEpoch, ended, test, ...(leak && { leak }) })
      const why = { complete: '', patience: ' (no better one since)', stopped: ' (stopped)' }[ended]
      output.print(`\nBest epoch ${bestEpoch}${why}: ${modelFolder}`)
      if (test) {
        output.print(
          `Test: ${grouped(test.n)} films, loss ${figure(test.loss, 4)}, accuracy ${figure(test.accuracy, 4)}${test.auc === undefined ? '' : `, AUC ${figure(test.auc)}`}`,
        )
      }
      if (leak) output.print(leakWords(leak))
      output.print(notice)
    },
  }
}

const record = (report: EpochReport) => ({
  epoch: report.epoch,
  loss: report.loss,
  accuracy: report.accuracy,
  valLoss: report.valLoss ?? null,
  valAccuracy: report.valAccuracy ?? null,
  valAuc: report.valAuc ?? null,
  seconds: report.seconds,
  imagesPerSecond: report.imagesPerSecond,
})

const cells = (report: EpochReport) => [
  String(report.epoch),
  figure(report.loss, 4),
  figure(report.accuracy, 4),
  figure(report.valLoss, 4),
  figure(report.valAccuracy, 4),
  figure(report.valAuc, 4),
  clock(report.seconds),
  report.imagesPerSecond.toFixed(1),
]

const line = (row: readonly string[]) =>
  row.map((cell, column) => cell.padStart(widths[column]!)).join(' ')

type Of<Kind> = Extract<TrainingProgress, { kind: Kind }>

function prepared({ films, baselineAccuracy }: Of<'prepared'>): string {
  const counts = `${grouped(films.train)} films to train, ${grouped(films.validation)} to watch, ${grouped(films.test)} to test`
  return baselineAccuracy === undefined
    ? counts
    : `${counts}; guessing reaches an accuracy of ${figure(baselineAccuracy)}`
}

const batchLine = (batch: Of<'batch'>) =>
  [
    `Epoch ${batch.epoch}/${batch.epochs}`,
    `loss ${figure(batch.loss, 4)}`,
    `acc ${figure(batch.accuracy)}`,
    `${batch.imagesPerSecond.toFixed(0)} films/s`,
    `${(batch.memoryBytes / 2 ** 30).toFixed(2)} GB`,
    `${clock(batch.secondsLeft)} left`,
  ].join(' · ')
