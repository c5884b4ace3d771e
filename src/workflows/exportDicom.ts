/** DICOM films of the library written for others: copies without patients, and scores as DICOM objects. */
import type { DeidentifyChoices } from '../shared/domain/deidentification.ts'
import type { Refusal } from '../shared/domain/film.ts'
import type { ScoreObjectKind } from '../shared/domain/scoreExport.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'
import { screenFilms, turnedPaths } from './screenFilms.ts'

type Progress = Job<{ done: number; total: number }>

export interface Exported {
  readonly written: number
  readonly toLookAt: number
  readonly refused: readonly Refusal[]
}

/** Into a new folder. Throws NOT_FOUND for an original that is gone, and what the engine throws. */
export async function deidentifyImages(
  { store, engine }: Library,
  order: DeidentifyChoices & { readonly imageIds: readonly string[]; readonly folder: string },
  job: Progress,
): Promise<Exported> {
  const { imageIds, folder, dates, keepCharacteristics } = order
  const images = imageIds.map((imageId) => store.images.get(imageId))
  await requireOriginals(images)
  const refused: Refusal[] = []
  const { written, toLookAt } = await engine.deidentify(
    { paths: pathsOf(images), folder, dates, keepCharacteristics },
    {
      signal: job.signal,
      onProgress: ({ done, total, films }) => {
        for (const film of films) if (film.kind === 'refused') refused.push(film.refusal)
        job.report({ done, total })
      },
    },
  )
  store.audit.append('export', 'worklist', { as: 'dicom-copies', written })
  return { written, toLookAt, refused }
}

/** Into a new folder; films without a score are scored first. Throws as `deidentifyImages`. */
export async function exportScores(
  library: Library,
  order: {
    readonly modelId: string
    readonly imageIds: readonly string[]
    readonly folder: string
    readonly kinds: readonly ScoreObjectKind[]
  },
  job: Progress,
): Promise<Exported> {
  const { store, engine } = library
  const { modelId, imageIds, folder, kinds } = order
  const images = imageIds.map((imageId) => store.images.get(imageId))
  await requireOriginals(images)
  const screened = await screenFilms(library, { modelId, imageIds }, { ...job, report: () => undefined }) // prettier-ignore
  const refused: Refusal[] = [...screened.refused]
  const turned = turnedPaths(library, images)
  const byPath = new Map(images.map((image) => [image.path, image]))
  const films = [...byPath].flatMap(([path, { id }]) => {
    const prediction = store.predictions.find(id, modelId)
    if (!prediction) return []
    const { probabilities, outside = [] } = prediction
    return [{ path, probabilities, turned: turned.has(path), outside }]
  })
  const { written } = await engine.exportScores(
    { modelFolder: modelFolder(library, modelId), films, folder, kinds: [...kinds] },
    {
      signal: job.signal,
      onProgress: ({ done, total, films: told }) => {
        for (const film of told) if (film.kind === 'refused') refused.push(film.refusal)
        job.report({ done, total })
      },
    },
  )
  store.audit.append('export', modelId, { as: 'dicom-scores', written })
  return { written, toLookAt: 0, refused }
}

/** A file that two images stand for is written once. */
const pathsOf = (images: readonly StoredImage[]): string[] => [
  ...new Set(images.map(({ path }) => path)),
]
