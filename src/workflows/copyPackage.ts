/** A copy of a model package that is whole and on the disk, or is not there. */
import { basename, join } from 'node:path'
import { writeSynced } from '../files/atomicWrite.ts'
import { commitFolder } from '../files/commitFolder.ts'
import { copyHashed } from '../files/hashFile.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'

const manifestFile = 'model.json'

/**
 * Copies the files that a manifest names to a folder that does not exist yet, and writes the manifest beside them.
 * Throws BAD_MODEL for a name that leads out of the folder, DAMAGED for a file that is not what the
 * manifest says.
 */
export const copyPackage = (from: string, to: string, manifest: ModelManifest): Promise<void> =>
  commitFolder(to, async (temporary) => {
    for (const [name, expected] of Object.entries(manifest.files)) {
      if (name !== basename(name) || name === manifestFile || name === '..') {
        throw new AppError('BAD_MODEL', `The model names a file '${name}', which it may not`)
      }
      const found = await copyHashed(join(from, name), join(temporary, name))
      if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes) {
        throw new AppError(
          'DAMAGED',
          `${name} of the model is damaged: ${found.bytes} of ${expected.bytes} bytes, or others than were saved. Copy the model again.`,
        )
      }
    }
    await writeSynced(join(temporary, manifestFile), [
      `${JSON.stringify(manifest, undefined, 2)}\n`,
    ])
  })
