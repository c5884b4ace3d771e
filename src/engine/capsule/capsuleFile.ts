/** The zip file that a capsule is: `capsule.json`, the model package and the curves; nothing else. */
import { readFile, stat } from 'node:fs/promises'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import { describeFileError } from '../../files/fileError.ts'
import { Capsule } from '../../shared/domain/capsule.ts'
import { csvRow } from '../../shared/csv.ts'
import { AppError } from '../../shared/errors.ts'
import { leakCells, leakHeader } from '../../shared/split/leakCells.ts'

const CAPSULE = 'capsule.json'
const MANIFEST = 'model/model.json'
const WEIGHTS = 'model/weights.bin'
const CURVES = 'curves.csv'
const known: ReadonlySet<string> = new Set([CAPSULE, MANIFEST, WEIGHTS, CURVES])

/** A small zip may announce huge files; no capsule of ours is larger. */
const MAX_BYTES = 2 ** 31 - 1

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

/** Throws NOT_FOUND, DAMAGED (no zip, a file is missing or does not fit), TOO_LARGE, NEWER_VERSION. */
export async function readCapsule(file: string): Promise<CapsuleContents> {
  const files = unzip(file, await readBytes(file))
  const part = (name: string): Uint8Array => {
    const bytes = files[name]
    if (bytes) return bytes
    throw damaged(file, `${name} is missing`)
  }
  return {
    capsule: parseCapsule(file, strFromU8(part(CAPSULE))),
    manifest: part(MANIFEST),
    weights: part(WEIGHTS),
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) throw new AppError('TOO_LARGE', `${file}: ${size} bytes are more than any capsule has`) // prettier-ignore
    return await readFile(file)
  } catch (cause) {
    throw describeFileError(cause, file, 'read')
  }
}

function unzip(file: string, bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!known.has(name)) return false
        total += originalSize
        if (total > MAX_BYTES) {
          throw new AppError('TOO_LARGE', `${file}: ${name} unpacks to more than any capsule holds`)
        }
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw damaged(file, 'it is no whole zip file', cause)
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
