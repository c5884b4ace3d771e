/** A model package as one zip file: the files of the folder, at its root. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { writeFileAtomically, writeSynced } from '../../files/atomicWrite.ts'
import { commitFolder } from '../../files/commitFolder.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { readKnownEntries } from '../archive/readKnownEntries.ts'
import { bad, MANIFEST, packageFiles } from '../models/manifest.ts'
import { loadPackage, readManifest } from '../models/package.ts'

/** Writes a package as a zip, once all of it was checked. Throws BAD_MODEL, DISK_FULL, NOT_PERMITTED. */
export async function zipPackage(folder: string, file: string): Promise<ModelManifest> {
  const { manifest } = await loadPackage(folder)
  const names = [MANIFEST, ...Object.keys(manifest.files)]
  const files: Zippable = {}
  for (const name of names) {
    const bytes = await readFile(join(folder, name))
    // Weights and greys are noise to a compressor.
    files[name] = name === MANIFEST ? bytes : [bytes, { level: 0 }]
  }
  await writeFileAtomically(file, zipSync(files, { mtime: new Date(manifest.createdAt) }))
  return manifest
}

/**
 * Unpacks a zip into a new folder, closed and bounded: only the names that a package may have, each once, none in a
 * folder. What came out is then checked as any package. Throws BAD_MODEL naming the entry, TOO_LARGE, NOT_FOUND.
 */
export async function unzipPackage(file: string, folder: string): Promise<ModelManifest> {
  const files = await unzip(file)
  await commitFolder(folder, async (temporary) => {
    for (const [name, bytes] of files) await writeSynced(join(temporary, basename(name)), [bytes])
    await readManifest(temporary)
  })
  return readManifest(folder)
}

async function unzip(file: string): Promise<Map<string, Uint8Array>> {
  try {
    return await readKnownEntries(file, (name) => {
      if (packageFiles.includes(name)) return true
      throw bad(file, `${JSON.stringify(shownName(name))} is no file of a model package`)
    })
  } catch (cause) {
    if (!(cause instanceof AppError) || !['DAMAGED', 'CONFLICT'].includes(cause.code)) throw cause
    throw new AppError('BAD_MODEL', cause.message, { cause })
  }
}

/** A name may be as long as 64 KiB. */
const shownName = (name: string) => (name.length > 40 ? `${name.slice(0, 39)}…` : name)
