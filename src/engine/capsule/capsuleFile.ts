/** The zip file that a capsule is: `capsule.json`, the model package and the curves; nothing else. */
import { strFromU8, strToU8, zipSync } from 'fflate'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import { Capsule } from '../../shared/domain/capsule.ts'
import { csvRow } from '../../shared/csv.ts'
import { AppError } from '../../shared/errors.ts'
import { leakCells, leakHeader } from '../../shared/split/leakCells.ts'
import { readKnownEntries } from '../archive/readKnownEntries.ts'

const CAPSULE = 'capsule.json'
const MANIFEST = 'model/model.json'
const WEIGHTS = 'model/weights.bin'
const CURVES = 'curves.csv'
const known: ReadonlySet<string> = new Set([CAPSULE, MANIFEST, WEIGHTS, CURVES])

export interface CapsuleContents {
  readonly capsule: Capsule
  /** The files of the model package. */
  readonly manifest: Uint8Array
  readonly weights: Uint8Array
}

/** Writes it under its name once it is complete. Throws DISK_FULL, NOT_PERMITTED. */
export async function writeCapsule(
  file: string,
  { capsule, manifest, weights }: CapsuleContents,
): Promise<void> {
  const zip = zipSync(
    {
      [CAPSULE]: strToU8(`${JSON.stringify(capsule, undefined, 1)}\n`),
      [CURVES]: strToU8(curvesCsv(capsule)),
      [MANIFEST]: manifest,
      // Weights are noise to a compressor.
      [WEIGHTS]: [weights, { level: 0 }],
    },
    { mtime: new Date(capsule.createdAt) },
  )
  await writeFileAtomically(file, zip)
}

/** Throws NOT_FOUND, DAMAGED (no zip, a file is missing or does not fit), CONFLICT (one is in it twice), TOO_LARGE, NEWER_VERSION. */
export async function readCapsule(file: string): Promise<CapsuleContents> {
  const files = await readKnownEntries(file, (name) => known.has(name))
  const part = (name: string): Uint8Array => {
    const bytes = files.get(name)
    if (bytes) return bytes
    throw damaged(file, `${name} is missing`)
  }
  return {
    capsule: parseCapsule(file, strFromU8(part(CAPSULE))),
    manifest: part(MANIFEST),
    weights: part(WEIGHTS),
  }
}

function parseCapsule(file: string, text: string): Capsule {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged(file, `${CAPSULE} is no JSON`, cause)
  }
  const isNewer =
    typeof value === 'object' && value !== null && 'version' in value && Number(value.version) > 1
  if (isNewer) {
    throw new AppError(
      'NEWER_VERSION',
      `${file} was written by a newer Pneumoscope; update this one`,
    )
  }
  const parsed = Capsule.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw damaged(file, `${CAPSULE}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function curvesCsv({ manifest: { card } }: Capsule): string {
  const names = ['epoch', 'loss', 'accuracy', 'valLoss', 'valAccuracy', 'valAuc', 'learningRate', 'seconds'] as const // prettier-ignore
  const rows = card.epochs.map((report) => [
    ...names.map((name) => report[name]),
    ...leakCells(card.leak),
  ])
  return [[...names, ...leakHeader(card.leak)], ...rows].map(csvRow).join('')
}

const damaged = (file: string, reason: string, cause?: unknown): AppError =>
  new AppError('DAMAGED', `${file}: ${reason}: copy or export the capsule again`, { cause })
