/** A trained network as a folder: `model.json` says what it is, `weights.bin` holds its numbers. */
import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically, writeSynced } from '../files/atomicWrite.ts'
import { commitFolder } from '../files/commitFolder.ts'
import type { NamedArray } from '../graph/network.ts'
import { inferShapes } from './shapes.ts'
import { bytesOf, parseWeights, sha256, weightBytes, weightEntries } from './weightsFile.ts'

const MANIFEST = 'model.json'
/** The one other file that a package may hold; a manifest that names any other is refused. */
const WEIGHTS = 'weights.bin'
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
  const manifest = parseManifest(file, Buffer.from(bytes).toString('utf8'))
  checkNames(file, manifest)
  checkShapes(file, manifest)
  return manifest
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

function parseManifest(file: string, text: string): ModelManifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError('BAD_MODEL', `${file}: it is not valid JSON`, { cause })
  }
  const version = z.object({ version: z.int() }).safeParse(value)
  if (version.success && version.data.version > 1) {
    throw new AppError(
      'NEWER_VERSION',
      `${file}: version ${version.data.version} was written by a newer Pneumoscope; update this one`,
    )
  }
  const parsed = ModelManifest.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw bad(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it does not fit'}`)
}

function checkNames(file: string, { files, classes, spec }: ModelManifest): void {
  const names = Object.keys(files)
  const foreign = names.find((name) => name !== WEIGHTS)
  if (foreign !== undefined) throw bad(file, `files: '${foreign}' is not a file of a package`)
  if (names.length === 0) throw bad(file, `files: ${WEIGHTS} is missing`)
  if (classes.length !== spec.classes) {
    throw bad(file, `classes: ${classes.length} names for ${spec.classes} classes`)
  }
}

function checkShapes(file: string, { spec, weights, files }: ModelManifest): void {
  const expected = shapesOf(file, spec)
  if (weights.length !== expected.length) {
    throw bad(file, `weights: ${weights.length} arrays, but the network has ${expected.length}`)
  }
  expected.forEach(({ name, shape }, index) => {
    const { name: given, shape: givenShape } = weights[index]!
    if (name !== given) throw bad(file, `weights.${index}.name: '${given}' instead of '${name}'`)
    if (shape.join() !== givenShape.join()) {
      throw bad(file, `weights.${index}.shape: [${givenShape.join()}] instead of [${shape.join()}]`)
    }
  })
  const bytes = bytesOf(weights)
  const listed = files[WEIGHTS]!.bytes
  if (listed !== bytes) {
    throw bad(file, `files.${WEIGHTS}.bytes: ${listed}, but the shapes ask for ${bytes}`)
  }
}

function shapesOf(file: string, spec: ModelManifest['spec']) {
  try {
    return inferShapes(spec).layers.flatMap((layer) => layer.weights)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('BAD_MODEL', `${file}: spec: ${reason}`, { cause })
  }
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

const bad = (file: string, reason: string) => new AppError('BAD_MODEL', `${file}: ${reason}`)
