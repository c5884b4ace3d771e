/** A trained network as a folder: `model.json` says what it is, `weights.bin` holds its numbers. */
import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically, writeSynced } from '../files/atomicWrite.ts'
import { commitFolder } from '../files/commitFolder.ts'
import type { NamedArray } from '../graph/network.ts'
import { bad, MANIFEST, parseManifest, WEIGHTS } from './manifest.ts'
import { bytesOf, parseWeights, sha256, weightBytes, weightEntries } from './weightsFile.ts'

/** Ten thousand epochs of reports are about 3 MB. */
const maxManifestBytes = 16 * 2 ** 20
const maxWeightBytes = 2 ** 31

/** What the caller knows; the list of weights and of files follows from the weights. */
export type PackageCard = Omit<ModelManifest, 'format' | 'version' | 'weights' | 'files'>

export interface LoadedPackage {
  readonly manifest: ModelManifest
  readonly weights: readonly NamedArray[]
}

/** Writes a package, in the place of an older one of that folder, as a whole. */
export async function savePackage(
  folder: string,
  card: PackageCard,
  weights: readonly NamedArray[],
): Promise<ModelManifest> {
  const parts = weightBytes(weights)
  const entries = weightEntries(weights)
  const manifest: ModelManifest = {
    format: 'pneumoscope-model',
    version: 1,
    ...card,
    weights: entries,
    files: { [WEIGHTS]: { sha256: sha256(parts), bytes: bytesOf(entries) } },
  }
  await commitFolder(folder, async (temporary) => {
    await writeSynced(join(temporary, WEIGHTS), parts)
    await writeSynced(join(temporary, MANIFEST), [formatManifest(manifest)])
  })
  return manifest
}

/** Replaces what a package says of itself; its weights stay. */
export async function saveManifest(folder: string, manifest: ModelManifest): Promise<void> {
  await writeFileAtomically(join(folder, MANIFEST), formatManifest(manifest))
}

/**
 * What a package says of itself, checked: only known files, shapes as its network has them, sizes as its
 * shapes ask. Throws BAD_MODEL (naming file and field), NOT_FOUND or NEWER_VERSION.
 */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const file = join(folder, MANIFEST)
  const bytes = await readPackageFile(file, maxManifestBytes)
  return parseManifest(file, Buffer.from(bytes).toString('utf8'))
}

/** A package with its weights: sizes, SHA-256 and every value checked. Throws as `readManifest`. */
export async function loadPackage(folder: string): Promise<LoadedPackage> {
  const manifest = await readManifest(folder)
  const file = join(folder, WEIGHTS)
  const bytes = await readPackageFile(file, maxWeightBytes)
  const listed = manifest.files[WEIGHTS]!
  if (bytes.byteLength !== listed.bytes) {
    throw bad(file, `holds ${bytes.byteLength} bytes, but ${MANIFEST} lists ${listed.bytes}`)
  }
  if (sha256([bytes]) !== listed.sha256) {
    throw bad(file, `its SHA-256 is not the one that ${MANIFEST} lists: it was changed or damaged`)
  }
  return { manifest, weights: parseWeights(file, bytes, manifest.weights) }
}

/** Reads a regular file of the package; a link could lead out of the folder. */
async function readPackageFile(file: string, maxBytes: number): Promise<Uint8Array> {
  const facts = await lstat(file).catch(() => undefined)
  if (!facts) throw new AppError('NOT_FOUND', `${file}: there is no such file in the model package`)
  if (!facts.isFile()) throw bad(file, 'it is not a regular file')
  if (facts.size > maxBytes) throw bad(file, `${facts.size} bytes are more than ${maxBytes}`)
  const handle = await open(file, 'r')
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

const formatManifest = (manifest: ModelManifest) => `${JSON.stringify(manifest, undefined, 2)}\n`
