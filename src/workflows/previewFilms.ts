import type { InputShape } from '../shared/domain/modelSpec.ts'
import type { Augmentation } from '../shared/domain/training.ts'
import type { Library } from './library.ts'
import { requireOriginals } from './originals.ts'
import { sampleSheet } from './sampleSheet.ts'

const shown = 6

/** JPEGs of some films of a data set, of each class alike, augmented by the draw of `seed`; none when it has no classes. */
export async function previewFilms(
  library: Library,
  datasetId: string,
  order: {
    readonly input: InputShape
    readonly augmentation: Augmentation
    readonly seed: number
  },
): Promise<Uint8Array[]> {
  const { store, engine } = library
  const classes = Math.max(1, store.datasets.get(datasetId).classes.length)
  // Always the same films, so that only the draw differs.
  const sheet = sampleSheet(library, { datasetId, perClass: Math.ceil(shown / classes), seed: 0 })
  const images = sheet
    .flatMap((row) => row.images)
    .slice(0, shown)
    .map(({ id }) => store.images.get(id))
  if (images.length === 0) return []
  await requireOriginals(images)
  const paths = images.map(({ path }) => path)
  return (await engine.previewAugmentation({ paths, ...order })).jpegs
}
