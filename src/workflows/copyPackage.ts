/** A copy of a model package that is whole and on the disk, or is not there. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { writeSynced } from '../files/atomicWrite.ts'
import { commitFolder } from '../files/commitFolder.ts'
import { copyHashed } from '../files/hashFile.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'

const manifestFile = 'model.json'

/**
 * Copies the files that a package's manifest names to a folder that does not exist yet, and the manifest, under the name
 * that is given here, beside them. Throws BAD_MODEL for a name that leads out of the folder, DAMAGED for a file that is
 * not what the manifest says.
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
    await writeSynced(join(temporary, manifestFile), [await renamed(from, manifest.name)])
  })

/** The manifest as its file has it but for the name, which its seal leaves out. */
async function renamed(folder: string, name: string): Promise<string> {
  const text = await readFile(join(folder, manifestFile), 'utf8')
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  return `${JSON.stringify({ ...manifest, name }, undefined, 2)}\n`
}
