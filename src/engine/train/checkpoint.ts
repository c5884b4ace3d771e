/**
 * Where a training stands after an epoch, in one file, so that it is there whole or not at all.
 * Order, augmentation and dropout of every step follow from seed, epoch and batch, so the number of the
 * epoch is all the random state there is.
 *
 * Layout: 8 bytes magic · uint32 length of the header · header (JSON) · arrays, little-endian float32.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writePartsAtomically } from '../../files/atomicWrite.ts'
import { WeightEntry } from '../../shared/domain/model.ts'
import { EpochReport } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray } from '../graph/network.ts'
import { bytesOf, parseWeights, sha256, weightBytes, weightEntries } from '../models/weightsFile.ts'

const MAGIC = 'PNSCKPT1'
const headerStart = MAGIC.length + 4

export interface Checkpoint {
  /** Of the plan that it belongs to. */
  readonly fingerprint: string
  /** Of every finished epoch; training goes on with the one after. */
  readonly reports: readonly EpochReport[]
  readonly weights: readonly NamedArray[]
  /** As `Network.readTrainingState` gives it. */
  readonly state: readonly NamedArray[]
}

const Header = z.object({
  fingerprint: z.string(),
  reports: z.array(EpochReport),
  weights: z.array(WeightEntry),
  state: z.array(WeightEntry),
  sha256: z.string(),
})

/** Replaces the checkpoint of that name as a whole. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { fingerprint, reports, weights, state } = checkpoint
  const arrays = weightBytes([...weights, ...state])
  const header = Buffer.from(
    JSON.stringify({
      fingerprint,
      reports: [...reports],
      weights: weightEntries(weights),
      state: weightEntries(state),
      sha256: sha256(arrays),
    } satisfies z.input<typeof Header>),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.byteLength)
  await writePartsAtomically(path, [MAGIC, length, header, ...arrays])
}

/** The checkpoint of that name; undefined when there is none. Throws DAMAGED, naming the file. */
export async function loadCheckpoint(path: string): Promise<Checkpoint | undefined> {
  const file = await readFile(path).catch(() => undefined)
  if (!file) return undefined
  const { header, arrays } = split(path, file)
  const entries = [...header.weights, ...header.state]
  if (arrays.byteLength !== bytesOf(entries) || sha256([arrays]) !== header.sha256) {
    throw damaged(path)
  }
  const loaded = parseWeights(path, arrays, entries)
  return {
    fingerprint: header.fingerprint,
    reports: header.reports,
    weights: loaded.slice(0, header.weights.length),
    state: loaded.slice(header.weights.length),
  }
}

function split(path: string, file: Buffer) {
  try {
    if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged(path)
    const headerEnd = headerStart + file.readUInt32LE(MAGIC.length)
    const text = file.toString('utf8', headerStart, headerEnd)
    return { header: Header.parse(JSON.parse(text)), arrays: file.subarray(headerEnd) }
  } catch (cause) {
    throw damaged(path, cause)
  }
}

const damaged = (path: string, cause?: unknown) =>
  new AppError('DAMAGED', `${path} is not a whole checkpoint; start the training anew`, { cause })
