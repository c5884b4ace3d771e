/** Model packages on their way into and out of the library. */
import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { discard } from '../files/discard.ts'
import { describeFileError } from '../files/fileError.ts'
import type { ModelFormat } from '../shared/domain/exchange.ts'
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

/** A package from a folder or a zip file. Throws as `importModel`. */
export async function importModelFrom(library: Library, path: string): Promise<StoredModel> {
  if (!(await stat(path)).isFile()) return importModel(library, { folder: path })
  const unpacked = join(library.store.folder.models, `${newId()}.unpacked`)
  try {
    await library.engine.unpackModel({ file: path, folder: unpacked })
    return await importModel(library, { folder: unpacked })
  } finally {
    await discard(unpacked)
  }
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
  library.store.transaction(() => {
    library.store.models.insert(model)
    library.store.audit.append('import', model.id, { model: true })
  })
  return model
}

export interface ModelExport {
  readonly modelId: string
  readonly into: string
  /** A folder that this program reads again when left out. */
  readonly format?: ModelFormat
}

const endings: Readonly<Record<ModelFormat, string>> = {
  package: '',
  zip: '.zip',
  tfjs: '-tfjs',
  keras: '-keras',
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

/**
 * Puts a model of the library into `into`, which is made where it is not there, as a new folder or, for `zip`, a file, and
 * returns its path. Throws CONFLICT, UNSUPPORTED for a layer that the other program has no equal of, NOT_PERMITTED.
 */
export async function exportModel(
  library: Library,
  { modelId, into, format = 'package' }: ModelExport,
): Promise<string> {
  const { name } = library.store.models.get(modelId).manifest
  const target = join(into, `${folderName(name)}${endings[format]}`)
  if (await exists(target)) {
    throw new AppError(
      'CONFLICT',
      `${basename(target)} exists already in the chosen folder: choose another folder`,
    )
  }
  await mkdir(into, { recursive: true }).catch((cause: unknown) => {
    throw describeFileError(cause, into, 'made')
  })
  const source = modelFolder(library, modelId)
  if (format === 'package') {
    // What is on the disk is checked, not what the database remembers of it.
    const onDisk = await library.engine.readModel({ folder: source })
    await copyPackage(source, target, { ...onDisk, name })
  } else await library.engine.exportModel({ folder: source, target, format })
  library.store.audit.append('export', modelId, { as: format })
  return target
}

/** Takes a model out of the library, its files with it. Throws NOT_FOUND, CONFLICT for the one that the program brings with it. */
export async function deleteModel(library: Library, wanted: string): Promise<void> {
  const { models } = library.store
  // Its folder is named after it: an id that nobody gave could lead elsewhere.
  const { id: modelId } = models.get(wanted)
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
