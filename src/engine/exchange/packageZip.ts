/** A model package as one zip file: the files of the folder, at its root. */
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { writeFileAtomically, writeSynced } from '../../files/atomicWrite.ts'
import { commitFolder } from '../../files/commitFolder.ts'
import { describeFileError } from '../../files/fileError.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { bad, MANIFEST, packageFiles } from '../models/manifest.ts'
import { loadPackage, readManifest } from '../models/package.ts'

/** A small zip may announce huge files; no package that loads is larger. */
const MAX_BYTES = 2 ** 31 - 1

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
  const files = unzip(file, await readBytes(file))
  await commitFolder(folder, async (temporary) => {
    for (const [name, bytes] of Object.entries(files))
      await writeSynced(join(temporary, basename(name)), [bytes])
    await readManifest(temporary)
  })
  return readManifest(folder)
}

function unzip(file: string, bytes: Uint8Array): Record<string, Uint8Array> {
  const seen = new Set<string>()
  let total = 0
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!packageFiles.includes(name)) {
          throw bad(file, `${JSON.stringify(shownName(name))} is no file of a model package`)
        }
        if (seen.has(name)) throw bad(file, `${name} is in it twice`)
        seen.add(name)
        total += originalSize
        if (total <= MAX_BYTES) return true
        throw new AppError('TOO_LARGE', `${file}: ${name} unpacks to more than any model holds`)
      },
    })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('BAD_MODEL', `${file}: it is no whole zip file: copy or export it again`, { cause }) // prettier-ignore
  }
}

/** A name may be as long as 64 KiB. */
const shownName = (name: string) => (name.length > 40 ? `${name.slice(0, 39)}…` : name)

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) throw new AppError('TOO_LARGE', `${file}: ${size} bytes are more than any model has`) // prettier-ignore
    return await readFile(file)
  } catch (cause) {
    throw describeFileError(cause, file, 'read')
  }
}
