import type { LayerLook } from '../shared/domain/look.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'

/** A look inside a model of the library, with a film of the library where one is needed. Throws NOT_FOUND, BAD_INPUT. */
export async function lookInside(
  library: Library,
  {
    modelId,
    look,
    imageId,
  }: {
    readonly modelId: string
    readonly look: LayerLook
    readonly imageId?: string | undefined
  },
) {
  const { store, engine } = library
  store.models.get(modelId)
  const image = imageId === undefined ? undefined : store.images.get(imageId)
  if (image) await requireOriginals([image])
  return engine.lookInside({ modelFolder: modelFolder(library, modelId), look, path: image?.path })
}
