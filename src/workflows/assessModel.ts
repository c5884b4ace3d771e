/** A model's scores of labelled films, kept in the library to be judged. */
import type { AssessedPart, Assessment } from '../shared/domain/assessment.ts'
import { AppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredImage } from '../store/image.ts'
import { newId } from '../store/newId.ts'
import { usableFilms } from './labelledFilms.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'
import { turnedPaths } from './screenFilms.ts'
import { setHash } from './setHash.ts'
import { splitOfRun } from './splitOfRun.ts'

export interface AssessmentOrder {
  readonly modelId: string
  readonly datasetId: string
  readonly part: AssessedPart
}

/**
 * Scores the labelled films of a part in float32 and keeps every score; an earlier assessment of the same films is
 * replaced. Throws BAD_INPUT where no film is labelled, or one of a class that the model does not know.
 */
export async function assessModel(
  library: Library,
  order: AssessmentOrder,
  job: Job<{ done: number; total: number }>,
): Promise<Assessment> {
  const { store, engine } = library
  const { modelId, datasetId, part } = order
  const { images, labels, internal, holdsTest } = await labelledImages(library, order)
  await requireOriginals(images)
  const scores = new Map<string, number[]>()
  await engine.screen(
    {
      modelFolder: modelFolder(library, modelId),
      paths: [...new Set(images.map(({ path }) => path))],
      turned: [...turnedPaths(library, images)],
      precision: 'float32',
    },
    {
      signal: job.signal,
      onProgress: ({ done, total, films }) => {
        for (const film of films)
          if (film.kind === 'scored') scores.set(film.path, film.probabilities)
        job.report({ done, total })
      },
    },
  )
  const films = images.flatMap((image, at) => {
    const probabilities = scores.get(image.path)
    return probabilities ? [{ image, label: labels[at]!, probabilities }] : []
  })
  if (films.length === 0) throw new AppError('BAD_INPUT', 'None of the films could be read')
  const id = newId()
  const { hash: datasetHash } = store.versions.record(datasetId)
  store.transaction(() => {
    store.assessments.replace(
      {
        ...{ id, modelId, datasetId, part, internal },
        setHash: setHash(films.map(({ image, label }) => ({ fileHash: image.fileHash, label }))),
        datasetHash,
        refused: images.length - films.length,
        createdAt: new Date().toISOString(),
      },
      films.map(({ image, label, probabilities }) => ({ imageId: image.id, label, probabilities })),
    )
    store.audit.append('predict', modelId, { films: films.length, as: 'judgement' })
    if (holdsTest) store.testLooks.add({ datasetId, datasetHash, modelId, occasion: 'score card' })
  })
  return store.assessments.get(id)
}

async function labelledImages(library: Library, { modelId, datasetId, part }: AssessmentOrder) {
  const { store } = library
  const { manifest, runId } = store.models.get(modelId)
  const { name } = store.datasets.get(datasetId)
  const all = usableFilms(store.images.ofDataset(datasetId))
  const run = runId === undefined ? undefined : store.runs.find(runId)
  const internal = run?.datasetId === datasetId
  const split = internal ? await splitOfRun(library, runId, all) : undefined
  const partOf = (image: StoredImage) => (split ? split.get(image.id) : image.part)
  const images = all.filter((image) => part === 'all' || partOf(image) === part)
  if (images.length === 0) {
    throw new AppError(
      'BAD_INPUT',
      `«${name}» has no labelled ${part === 'all' ? '' : `${part} `}films`,
    )
  }
  const labels = images.map(({ className }) => {
    const label = manifest.classes.indexOf(className!)
    if (label >= 0) return label
    throw new AppError(
      'BAD_INPUT',
      `«${name}» has films of a class «${className!}» that the model does not know (it knows ${manifest.classes.join(', ')})`,
    )
  })
  const holdsTest = images.some((image) => partOf(image) === 'test')
  return { images, labels, internal, holdsTest }
}
