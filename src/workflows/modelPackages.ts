/** Model packages on their way into and out of the library. */
import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'
import type { StoredModel } from '../store/model.ts'
import { newId } from '../store/newId.ts'
import type { Library } from './library.ts'

export const modelFolder = ({ store }: Pick<Library, 'store'>, modelId: string): string =>
  join(store.folder.models, modelId)

/** Moves a package that a training made into the library. The caller inserts what it answers. */
export async function adoptModel(
  library: Library,
  { folder, name, runId }: { folder: string; name: string; runId: string },
): Promise<StoredModel> {
  const manifest = await library.engine.readModel({ folder })
  const id = newId()
  await rename(folder, modelFolder(library, id))
  return storedModel(id, { ...manifest, name }, runId)
}

/** Copies a package from anywhere into the library, checked before and after. Throws BAD_MODEL. */
export async function importModel(
  library: Library,
  { folder }: { readonly folder: string },
): Promise<StoredModel> {
  const manifest = await library.engine.readModel({ folder })
  const id = newId()
  await copyPackage(folder, modelFolder(library, id), manifest, (copy) =>
    library.engine.readModel({ folder: copy }),
  )
  const model = storedModel(id, manifest, undefined)
  library.store.models.insert(model)
  return model
}

/** Copies a model of the library into a new folder within `into`, and returns that folder. Throws CONFLICT. */
export async function exportModel(
  library: Library,
  { modelId, into }: { readonly modelId: string; readonly into: string },
): Promise<string> {
  const { manifest } = library.store.models.get(modelId)
  const target = join(into, folderName(manifest.name))
  if (await exists(target)) {
    throw new AppError(
      'CONFLICT',
      `${basename(target)} exists already in the chosen folder: choose another folder`,
    )
  }
  const source = modelFolder(library, modelId)
  // What is on the disk is checked, not what the database remembers of it.
  const onDisk = await library.engine.readModel({ folder: source })
  await copyPackage(source, target, onDisk, (copy) => library.engine.readModel({ folder: copy }))
  return target
}

/** Takes a model out of the library, its files with it. */
export async function deleteModel(library: Library, modelId: string): Promise<void> {
  library.store.models.delete(modelId)
  await rm(modelFolder(library, modelId), { recursive: true, force: true })
}

const storedModel = (
  id: string,
  manifest: ModelManifest,
  runId: string | undefined,
): StoredModel => ({
  ...{ id, manifest, runId },
  createdAt: new Date().toISOString(),
  params: manifest.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
})

async function copyPackage(
  from: string,
  to: string,
  { files }: ModelManifest,
  check: (folder: string) => Promise<unknown>,
): Promise<void> {
  const temporary = `${to}.new`
  try {
    await rm(temporary, { recursive: true, force: true })
    await mkdir(temporary, { recursive: true })
    // Names from the manifest, which the engine has checked; never a path out of the folder.
    for (const name of [
      'model.json',
      ...Object.keys(files).filter((file) => file !== 'model.json'),
    ]) {
      if (basename(name) !== name) throw new AppError('BAD_MODEL', `'${name}' is no file name`)
      await copySynced(join(from, name), join(temporary, name))
    }
    await check(temporary)
    await rename(temporary, to)
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw cause
  }
}

async function copySynced(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL)
  const file = await open(to, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A name that every file system takes. */
export const folderName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _.()-]+/gu, '-')
    .replace(/^[. -]+|[. ]+$/g, '')
    .slice(0, 80) || 'model'
