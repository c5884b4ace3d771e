/** The figures of the run table: what each says, which way is better, and how it is written. */
import type { RunFigures } from '../../../../shared/comparison/runFigures.ts'
import { count, duration, metric } from '../../../format.ts'

export interface FigureColumn {
  readonly key: string
  readonly label: string
  readonly hint: string
  readonly better: 'higher' | 'lower'
  readonly read: (figures: RunFigures) => number | undefined
  /** The epoch that the value comes from. */
  readonly epoch?: (figures: RunFigures) => number | undefined
  readonly words: (value: number) => string
  /** Left out where it may vary between repeats. */
  readonly isFixed?: true
}

export const figureColumns: readonly FigureColumn[] = [
  {
    key: 'valAccuracy',
    label: 'Val. accuracy',
    hint: 'Highest validation accuracy, and the epoch that reached it',
    better: 'higher',
    read: ({ valAccuracy }) => valAccuracy?.value,
    epoch: ({ valAccuracy }) => valAccuracy?.epoch,
    words: metric,
  },
  {
    key: 'valLoss',
    label: 'Val. loss',
    hint: 'Lowest validation loss, and its epoch: the one whose weights are kept',
    better: 'lower',
    read: ({ valLoss }) => valLoss?.value,
    epoch: ({ valLoss }) => valLoss?.epoch,
    words: metric,
  },
  {
    key: 'valAuc',
    label: 'Val. AUC',
    hint: 'Highest area under the ROC curve on validation films, and its epoch',
    better: 'higher',
    read: ({ valAuc }) => valAuc?.value,
    epoch: ({ valAuc }) => valAuc?.epoch,
    words: metric,
  },
  {
    key: 'testAccuracy',
    label: 'Test accuracy',
    hint: 'Accuracy of the kept weights on the test films',
    better: 'higher',
    read: ({ testAccuracy }) => testAccuracy,
    words: metric,
  },
  {
    key: 'lastValAccuracy',
    label: 'Last val. acc.',
    hint: 'Validation accuracy of the last epoch',
    better: 'higher',
    read: ({ lastValAccuracy }) => lastValAccuracy,
    words: metric,
  },
  {
    key: 'accuracyAtBest',
    label: 'Train acc.',
    hint: 'Training accuracy in the epoch of the best validation accuracy',
    better: 'higher',
    read: ({ accuracyAtBest }) => accuracyAtBest,
    words: metric,
  },
  {
    key: 'gap',
    label: 'Gap',
    hint: 'Training − validation accuracy in the epoch of the best validation accuracy',
    better: 'lower',
    read: ({ gap }) => gap,
    words: signed,
  },
  {
    key: 'stability',
    label: 'Largest drop',
    hint: 'Stability: the largest drop of validation accuracy from one epoch to the next',
    better: 'lower',
    read: ({ stability }) => stability,
    words: metric,
  },
  {
    key: 'params',
    label: 'Parameters',
    hint: 'Weights of the network, moving statistics included',
    better: 'lower',
    read: ({ params }) => params,
    isFixed: true,
    words: (value) => count(Math.round(value)),
  },
  {
    key: 'seconds',
    label: 'Time',
    hint: 'Of all epochs together, validation included',
    better: 'lower',
    read: ({ seconds }) => seconds,
    words: duration,
  },
]

function signed(value: number): string {
  return value > 0 ? `+${metric(value)}` : metric(value).replace('-', '−')
}
