import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CapsuleFilm } from '../../shared/domain/capsule.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { Part } from '../../shared/domain/part.ts'
import { AppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { softwareVersions } from '../describe.ts'
import { WEIGHTS } from '../models/manifest.ts'
import { readManifest } from '../models/package.ts'
import { sealed } from '../models/seal.ts'
import { programVersion } from '../version.ts'
import { writeCapsule } from './capsuleFile.ts'
import { hashFilms, pathsByName } from './films.ts'
import { figuresOf, scoresOf } from './scores.ts'

const SplitFilm = z.object({ file: z.string(), class: z.string(), patient: z.string() })
const Split = z.object({
  train: z.array(SplitFilm),
  validation: z.array(SplitFilm),
  test: z.array(SplitFilm),
})

export interface CapsuleOrder {
  /** Where `split.json` lies. */
  readonly runFolder: string
  readonly modelFolder: string
  /** All films of the training. */
  readonly paths: readonly string[]
  /** The zip file to write. */
  readonly file: string
}

/**
 * Writes a training as a capsule: which film stood where, the hash of each, scores of those watched and tested, the
 * model with its card. No pixel is in it, but the names of files are. Throws NOT_FOUND when a film of the split is not
 * among the paths or cannot be read, BAD_MODEL, DISK_FULL, CANCELLED.
 */
export async function exportCapsule(
  { runFolder, modelFolder, paths, file }: CapsuleOrder,
  job: Job<{ done: number; total: number }>,
): Promise<{ films: number }> {
  const placed = await readSplit(runFolder)
  const byName = pathsByName(paths)
  const pathOf = (name: string): string => {
    const path = byName.get(name)
    if (path !== undefined) return path
    throw new AppError('NOT_FOUND', `${name}: this film of the training is not among those given`)
  }
  const hashes = await hashFilms(
    placed.map((film) => pathOf(film.file)),
    job.signal,
  )
  const watched = placed.filter(({ part }) => part !== 'train')
  const scores = await scoresOf(
    modelFolder,
    watched.map((film) => pathOf(film.file)),
    job,
  )
  const films = placed.map((film, at): CapsuleFilm => {
    const sha256 = hashes[at]
    if (sha256 === undefined)
      throw new AppError('NOT_FOUND', `${film.file} cannot be read any more`)
    const probabilities = scores.probabilities.get(pathOf(film.file))
    return { ...film, sha256, ...(probabilities && { probabilities: [...probabilities] }) }
  })
  const manifest = withWeightsAlone(await readManifest(modelFolder))
  const { tensorflow, tfjs, node } = softwareVersions()
  await writeCapsule(file, {
    capsule: {
      ...{ format: 'pneumoscope-capsule', version: 1, createdAt: new Date().toISOString() },
      ...{ manifest, films },
      validation: figuresOf(films, 'validation', manifest),
      test: figuresOf(films, 'test', manifest),
      software: { pneumoscope: programVersion(), tensorflow, tfjs, node },
    },
    manifest: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`),
    weights: await readFile(join(modelFolder, WEIGHTS)),
  })
  return { films: films.length }
}

/**
 * A capsule proves the model by its scores, so it needs neither painted films nor the envelope, and holds no pixel of any
 * kind.
 */
function withWeightsAlone(manifest: ModelManifest): ModelManifest {
  const plain = { ...manifest, files: { [WEIGHTS]: manifest.files[WEIGHTS]! } }
  delete plain.golden
  delete plain.envelope
  return sealed(plain)
}

async function readSplit(runFolder: string) {
  const file = join(runFolder, 'split.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) {
    throw new AppError('NOT_FOUND', `${file}: without its split a training makes no capsule`)
  }
  const split = Split.safeParse(JSON.parse(text))
  if (!split.success) throw new AppError('DAMAGED', `${file} is not a split of a training`)
  return Part.options.flatMap((part) => split.data[part].map((film) => ({ ...film, part })))
}
