/** A copy of a model package that is whole and on the disk, or is not there. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ModelManifest } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'

const manifestFile = 'model.json'

/**
 * Copies the files that a manifest names to a folder that does not exist yet, and writes the manifest beside them.
 * Throws BAD_MODEL for a name that leads out of the folder, DAMAGED for a file that is not what the
 * manifest says.
 */
export async function copyPackage(from: string, to: string, manifest: ModelManifest) {
  const temporary = `${to}.new`
  try {
    await rm(temporary, { recursive: true, force: true })
    await mkdir(temporary, { recursive: true })
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
    await writeSynced(join(temporary, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`)
    await rename(temporary, to)
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw cause
  }
}

async function copyHashed(from: string, to: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk)
      bytes += chunk.byteLength
      pass(null, chunk)
    },
  })
  await pipeline(createReadStream(from), measure, createWriteStream(to, { flags: 'wx' }))
  await sync(to)
  return { sha256: hash.digest('hex'), bytes }
}

async function writeSynced(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' })
  await sync(path)
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
