import type { Evaluation } from '../shared/domain/evaluation.ts'
import type { Refusal } from '../shared/domain/film.ts'
import type { Part } from '../shared/domain/part.ts'
import { AppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { labelledFilms, usableFilms } from './labelledFilms.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'

export interface EvaluationOrder {
  readonly modelId: string
  readonly datasetId: string
  /** All labelled films when left out. */
  readonly parts?: readonly Part[]
  /** The model's own when left out. */
  readonly threshold?: number
}

/** A model's figures on labelled films of a data set. Throws BAD_INPUT when none is labelled. */
export async function evaluateModel(
  library: Library,
  { modelId, datasetId, parts, threshold }: EvaluationOrder,
  job: Job<{ done: number; total: number }>,
): Promise<Evaluation & { refused: Refusal[] }> {
  const { store, engine } = library
  const { manifest } = store.models.get(modelId)
  const { name } = store.datasets.get(datasetId)
  const images = usableFilms(store.images.ofDataset(datasetId)).filter(
    ({ part }) => !parts || (part !== undefined && parts.includes(part)),
  )
  const films = labelledFilms(images, manifest.classes)
  if (films.length === 0) {
    throw new AppError('BAD_INPUT', `The data set '${name}' has no labelled films in that part`)
  }
  await requireOriginals(images)
  const evaluation = await engine.evaluate(
    { modelFolder: modelFolder(library, modelId), films, threshold },
    { signal: job.signal, onProgress: job.report },
  )
  if (images.some(({ part }) => part === 'test')) {
    const { hash: datasetHash } = store.versions.record(datasetId)
    store.testLooks.add({ datasetId, datasetHash, modelId, occasion: 'evaluation' })
  }
  return evaluation
}
