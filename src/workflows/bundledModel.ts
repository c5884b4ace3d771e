/** The model that ships with the program, as a model of the library. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'
import { bundledId, bundledName, isBundled } from './bundledId.ts'
import { copyPackage } from './copyPackage.ts'
import type { Library } from './library.ts'
import { modelFolder, storedModel } from './modelPackages.ts'

/** Where its package lies: beside the nearest package.json above this code, in a checkout as in an installed program. */
function bundledFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  const isProgram = existsSync(join(from, 'package.json')) || from === dirname(from)
  return isProgram ? join(from, 'resources', 'bundled') : bundledFolder(dirname(from))
}

/**
 * Copies the package into the library, unless it is there. One that an earlier version brought stays, since scores hang
 * on it, under a name that tells it apart. A program without the package leaves the library as it is.
 * Throws DAMAGED or BAD_MODEL when the package is not what it says.
 */
export async function installBundledModel(
  library: Pick<Library, 'store'>,
  folder = bundledFolder(),
): Promise<void> {
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return
  const { models } = library.store
  const id = bundledId(createHash('sha256').update(text).digest('hex'))
  if (models.find(id)) return
  const manifest = { ...manifestIn(text, folder), name: bundledName }
  const target = modelFolder(library, id)
  // Left by a program that was killed between copy and entry.
  await rm(target, { recursive: true, force: true })
  await copyPackage(folder, target, manifest)
  library.store.transaction(() => {
    // Another process of the program may have been faster.
    if (models.find(id)) return
    for (const earlier of models.all().filter(isBundled)) {
      if (earlier.manifest.name === bundledName)
        models.rename(earlier.id, `${bundledName} of ${earlier.createdAt.slice(0, 10)}`)
    }
    models.insert({ ...storedModel(id, manifest, undefined), createdAt: manifest.createdAt })
  })
}

function manifestIn(text: string, folder: string): ModelManifest {
  try {
    return ModelManifest.parse(JSON.parse(text))
  } catch (cause) {
    const message = `${folder}: the bundled model is not whole; install the program again`
    throw new AppError('BAD_MODEL', message, { cause })
  }
}
