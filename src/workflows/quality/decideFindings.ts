/** What a person decides of findings, with the counts of the data set kept right. */
import type { FindingKind } from '../../shared/domain/quality.ts'
import { AppError } from '../../shared/errors.ts'
import type { FilmDecision } from '../../store/qualityDecision.ts'
import { classCounts } from '../describeSurvey.ts'
import type { Library } from '../library.ts'

interface DecisionOrder {
  readonly datasetId: string
  readonly kind: FindingKind
  readonly decisions: readonly FilmDecision[]
}

/** One step, to be undone as one. Throws BAD_INPUT for a class that the data set lacks or a film of another data set. */
export function decideFindings(
  { store }: Pick<Library, 'store'>,
  { datasetId, kind, decisions }: DecisionOrder,
): void {
  const { classes } = store.datasets.get(datasetId)
  for (const { imageId, decision, className } of decisions) {
    if (store.images.get(imageId).datasetId !== datasetId)
      throw new AppError('BAD_INPUT', 'The film is not of this data set')
    if (decision === 'relabel' && (className === undefined || !classes.includes(className)))
      throw new AppError('BAD_INPUT', `The data set has no class «${className ?? ''}»`)
  }
  store.transaction(() => {
    store.decisions.decide(kind, decisions, new Date().toISOString())
    if (decisions.some(({ decision }) => decision === 'relabel')) recount({ store }, datasetId)
  })
}

/** Takes the newest step back; answers its films, none when there is nothing to undo. */
export function undoDecision({ store }: Pick<Library, 'store'>, datasetId: string): string[] {
  store.datasets.get(datasetId)
  return store.transaction(() => {
    const imageIds = store.decisions.undo(datasetId)
    if (imageIds.length > 0) recount({ store }, datasetId)
    return imageIds
  })
}

function recount({ store }: Pick<Library, 'store'>, datasetId: string): void {
  const { classes } = store.datasets.get(datasetId)
  store.datasets.recount(datasetId, classCounts(classes, store.images.ofDataset(datasetId)))
}
