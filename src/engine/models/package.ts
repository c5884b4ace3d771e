/** A trained network as a folder: `model.json` says what it is, `weights.bin` its numbers, `golden.bin` its proof. */
import { join } from 'node:path'
import { writeFileAtomically, writeSynced } from '../../files/atomicWrite.ts'
import { commitFolder } from '../../files/commitFolder.ts'
import type { Judgement } from '../../shared/domain/calibration.ts'
import type { GoldenFilms, ModelManifest } from '../../shared/domain/model.ts'
import type { FittedEnvelope } from '../envelope/fitEnvelope.ts'
import type { NamedArray } from '../graph/network.ts'
import { bad, ENVELOPE, GOLDEN, MANIFEST, parseManifest, WEIGHTS } from './manifest.ts'
import { readPackageFile, refuseForeign } from './packageFolder.ts'
import { requireSeal, sealed } from './seal.ts'
import {
  bytesOf,
  parseNumbers,
  parseWeights,
  sha256,
  weightBytes,
  weightEntries,
  withHalvedKernels,
} from './weightsFile.ts'

/** Ten thousand epochs of reports are about 3 MB. */
const maxManifestBytes = 16 * 2 ** 20
const maxWeightBytes = 2 ** 31

/** What the caller knows; the list of weights and of files follows from the weights. */
export type PackageCard = Omit<
  ModelManifest,
  'format' | 'version' | 'weights' | 'files' | 'golden' | 'envelope' | 'seal'
>

export interface LoadedPackage {
  readonly manifest: ModelManifest
  readonly weights: readonly NamedArray[]
  /** Pixels of the golden films, where the package has some. */
  readonly goldenPixels?: Uint8Array
  readonly envelope?: FittedEnvelope
  /** As `Extras` have it, so that a package that is written anew keeps its size. */
  readonly halvedKernels: boolean
}

interface Golden {
  readonly golden: GoldenFilms
  readonly pixels: Uint8Array
}

/** What lies beside the weights. */
export interface Extras {
  readonly golden?: Golden | undefined
  readonly envelope?: FittedEnvelope | undefined
  /** Kernels take half the room, rounded to 16 bits. */
  readonly halvedKernels?: boolean
}

/** Writes a package, in the place of an older one of that folder, as a whole. */
export async function savePackage(
  folder: string,
  card: PackageCard,
  weights: readonly NamedArray[],
  { golden, envelope, halvedKernels = false }: Extras = {},
): Promise<ModelManifest> {
  const { entries, parts } = halvedKernels
    ? withHalvedKernels(weights)
    : { entries: weightEntries(weights), parts: weightBytes(weights) }
  const numbers =
    envelope && weightBytes([{ name: ENVELOPE, shape: [], values: envelope.numbers }])[0]
  const manifest = sealed({
    ...card,
    format: 'pneumoscope-model',
    ...(golden && { golden: golden.golden }),
    ...(envelope && { envelope: envelope.envelope }),
    weights: entries,
    files: {
      [WEIGHTS]: { sha256: sha256(parts), bytes: bytesOf(entries) },
      ...(golden && {
        [GOLDEN]: { sha256: sha256([golden.pixels]), bytes: golden.pixels.byteLength },
      }),
      ...(numbers && { [ENVELOPE]: { sha256: sha256([numbers]), bytes: numbers.byteLength } }),
    },
  })
  await commitFolder(folder, async (temporary) => {
    await writeSynced(join(temporary, WEIGHTS), parts)
    if (golden) await writeSynced(join(temporary, GOLDEN), [golden.pixels])
    if (numbers) await writeSynced(join(temporary, ENVELOPE), [numbers])
    await writeSynced(join(temporary, MANIFEST), [formatManifest(manifest)])
  })
  return manifest
}

/**
 * Replaces what a person decided about a package; a part left out stays. The threshold follows the operating point.
 * Throws BAD_MODEL where a part was made for other weights.
 */
export async function saveJudgement(
  folder: string,
  judgement: { readonly [Part in keyof Judgement]: Judgement[Part] | null },
): Promise<ModelManifest> {
  const before = await readManifest(folder)
  const { calibration, operatingPoint, zones, ...rest } = before
  const decided = Object.entries({ calibration, operatingPoint, zones, ...judgement })
  const kept = Object.fromEntries(decided.filter(([, part]) => part))
  const threshold = judgement.operatingPoint?.threshold ?? before.threshold
  const text = formatManifest(sealed({ ...rest, ...kept, threshold }))
  const manifest = parseManifest(join(folder, MANIFEST), text)
  await writeFileAtomically(join(folder, MANIFEST), text)
  return manifest
}

/**
 * What a package says of itself, checked: only known files, shapes as its network has them, sizes as its
 * shapes ask, under its own seal. Throws BAD_MODEL (naming file and field), NOT_FOUND or NEWER_VERSION.
 */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const { manifest, text } = await readFields(folder)
  requireSeal(join(folder, MANIFEST), manifest, text)
  return manifest
}

async function readFields(folder: string) {
  const file = join(folder, MANIFEST)
  const bytes = await readPackageFile(file, maxManifestBytes)
  const text = Buffer.from(bytes).toString('utf8')
  const manifest = parseManifest(file, text)
  await refuseForeign(folder, [MANIFEST, ...Object.keys(manifest.files)])
  return { manifest, text }
}

/** A package with its weights: sizes, SHA-256 and every value checked. Throws as `readManifest`. */
export async function loadPackage(folder: string): Promise<LoadedPackage> {
  const { manifest, text } = await readFields(folder)
  const bytes = await readListed(folder, WEIGHTS, manifest)
  const weights = parseWeights(join(folder, WEIGHTS), bytes, manifest.weights)
  const { golden, envelope } = manifest
  const loaded: LoadedPackage = {
    manifest,
    weights,
    halvedKernels: manifest.weights.some(({ type }) => type === 'float16'),
    ...(golden && { goldenPixels: await readListed(folder, GOLDEN, manifest) }),
    ...(envelope && {
      envelope: {
        envelope,
        numbers: parseNumbers(join(folder, ENVELOPE), await readListed(folder, ENVELOPE, manifest)),
      },
    }),
  }
  // Last: what else is wrong says more than that something was changed.
  requireSeal(join(folder, MANIFEST), manifest, text)
  return loaded
}

async function readListed(
  folder: string,
  name: string,
  manifest: ModelManifest,
): Promise<Uint8Array> {
  const file = join(folder, name)
  const bytes = await readPackageFile(file, maxWeightBytes)
  const listed = manifest.files[name]!
  if (bytes.byteLength !== listed.bytes) {
    throw bad(file, `holds ${bytes.byteLength} bytes, but ${MANIFEST} lists ${listed.bytes}`)
  }
  if (sha256([bytes]) !== listed.sha256) {
    throw bad(file, `its SHA-256 is not the one that ${MANIFEST} lists: it was changed or damaged`)
  }
  return bytes
}

const formatManifest = (manifest: ModelManifest) => `${JSON.stringify(manifest, undefined, 2)}\n`
