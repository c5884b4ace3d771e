/** Model packages on their way into and out of the library. */
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'
import type { StoredModel } from '../store/model.ts'
import { newId } from '../store/newId.ts'
import { isBundled } from './bundledId.ts'
import { copyPackage } from './copyPackage.ts'
import type { Library } from './library.ts'

export const modelFolder = ({ store }: Pick<Library, 'store'>, modelId: string): string =>
  join(store.folder.models, modelId)

/**
 * Copies the package that a training made into the library. The run keeps its own, from which a stopped training goes
 * on. The caller inserts what it answers.
 */
export async function adoptModel(
  library: Library,
  { folder, name, runId }: { folder: string; name: string; runId: string },
): Promise<StoredModel> {
  const manifest = { ...(await library.engine.readModel({ folder })), name }
  const id = newId()
  await copyPackage(folder, modelFolder(library, id), manifest)
  return storedModel(id, manifest, runId)
}

/**
 * Copies a package from anywhere into the library, each file against its hash, once it scores its golden films as it
 * did where it was made. Throws BAD_MODEL, DAMAGED.
 */
export async function importModel(
  library: Library,
  { folder }: { readonly folder: string },
): Promise<StoredModel> {
  const manifest = await library.engine.readModel({ folder })
  await requireParity(library, folder)
  const id = newId()
  await copyPackage(folder, modelFolder(library, id), manifest)
  const model = storedModel(id, manifest, undefined)
  library.store.models.insert(model)
  return model
}

async function requireParity({ engine }: Library, folder: string): Promise<void> {
  const parity = await engine.parity({ folder })
  if (parity?.holds === false) {
    throw new AppError(
      'BAD_MODEL',
      `${folder}: golden.scores: ${parity.computedBy} scores these films up to ${parity.worst.toPrecision(2)} otherwise than ${parity.expectedBy} did, so the model is not taken`,
    )
  }
}

/** Copies a model of the library into a new folder within `into`, and returns that folder. Throws CONFLICT. */
export async function exportModel(
  library: Library,
  { modelId, into }: { readonly modelId: string; readonly into: string },
): Promise<string> {
  const { name } = library.store.models.get(modelId).manifest
  const target = join(into, folderName(name))
  if (await exists(target)) {
    throw new AppError(
      'CONFLICT',
      `${basename(target)} exists already in the chosen folder: choose another folder`,
    )
  }
  const source = modelFolder(library, modelId)
  // What is on the disk is checked, not what the database remembers of it.
  const onDisk = await library.engine.readModel({ folder: source })
  await copyPackage(source, target, { ...onDisk, name })
  return target
}

/** Takes a model out of the library, its files with it. Throws CONFLICT for the one that the program brings with it. */
export async function deleteModel(library: Library, modelId: string): Promise<void> {
  const { models } = library.store
  if (models.all().find(isBundled)?.id === modelId) {
    throw new AppError(
      'CONFLICT',
      'This model belongs to the program and stays; choose another one for Review instead',
    )
  }
  models.delete(modelId)
  await rm(modelFolder(library, modelId), { recursive: true, force: true })
}

/** A row for a package that came from a training, or from elsewhere. */
export const storedModel = (
  id: string,
  manifest: ModelManifest,
  runId: string | undefined,
): StoredModel => ({
  ...{ id, manifest, runId },
  createdAt: new Date().toISOString(),
  params: manifest.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
})

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A name that every file system takes. */
const folderName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _.()-]+/gu, '-')
    .replace(/^[. -]+|[. ]+$/g, '')
    .slice(0, 80) || 'model'
