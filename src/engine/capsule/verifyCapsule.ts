import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discard } from '../../files/discard.ts'
import type {
  Capsule,
  CapsuleDifference,
  CapsuleFilm,
  Verification,
} from '../../shared/domain/capsule.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { MANIFEST, WEIGHTS } from '../models/manifest.ts'
import { readCapsule, type CapsuleContents } from './capsuleFile.ts'
import { hashFilms, pathsByName } from './films.ts'
import { figuresOf, scoresOf, type Scores } from './scores.ts'

export interface VerificationOrder {
  /** The zip file. */
  readonly file: string
  /** Films that may be those of the capsule. */
  readonly paths: readonly string[]
  /** Differences of probabilities and figures up to this are rounding. */
  readonly tolerance: number
}

/**
 * Scores the films of a capsule again with the model in it, and tells every difference: films that are not there or
 * have other bytes, scores, figures. Throws DAMAGED, NOT_FOUND, TOO_LARGE, NEWER_VERSION, BAD_MODEL, CANCELLED.
 */
export async function verifyCapsule(
  { file, paths, tolerance }: VerificationOrder,
  job: Job<{ done: number; total: number }>,
): Promise<Verification> {
  const contents = await readCapsule(file)
  const { films, manifest } = contents.capsule
  const byName = pathsByName(paths)
  const there = films.filter((film) => byName.has(film.file))
  const differences: CapsuleDifference[] = films
    .filter((film) => !byName.has(film.file))
    .map((film) => ({ kind: 'missing', file: film.file }))
  const found = there.map((film) => byName.get(film.file)!)
  const hashes = await hashFilms(found, job.signal)
  there.forEach((film, at) => {
    if (hashes[at] !== film.sha256) differences.push({ kind: 'changed', file: film.file })
  })
  const judged = there.filter(({ probabilities }) => probabilities)
  const scores = await withModel(contents, (folder) =>
    scoresOf(
      folder,
      judged.map((film) => byName.get(film.file)!),
      job,
    ),
  )
  const rescored = judged.map((film) => rescore(film, byName.get(film.file)!, scores))
  let largestDifference = 0
  judged.forEach((film, at) => {
    const expected = film.probabilities!
    const again = rescored[at]!.probabilities
    if (!again) return
    const most = Math.max(...expected.map((value, index) => Math.abs(value - again[index]!)))
    largestDifference = Math.max(largestDifference, most)
    if (!(most <= tolerance)) {
      differences.push({ kind: 'score', file: film.file, expected, found: again })
    }
  })
  const nameOf = new Map([...byName].map(([name, path]) => [path, name]))
  for (const { path, reason } of scores.refused)
    differences.push({ kind: 'refused', file: nameOf.get(path) ?? path, reason })
  differences.push(...changedFigures(contents.capsule, rescored, tolerance))
  const { name } = manifest
  return { model: name, films: films.length, scored: scores.probabilities.size, differences, largestDifference } // prettier-ignore
}

function rescore(film: CapsuleFilm, path: string, { probabilities }: Scores): CapsuleFilm {
  const found = probabilities.get(path)
  const { file, part, patient, sha256, class: className } = film
  const unscored = { file, part, patient, sha256, class: className }
  return found ? { ...unscored, probabilities: [...found] } : unscored
}

/** The package goes through a temporary folder, where it is checked as any other. */
async function withModel<T>(
  { manifest, weights }: CapsuleContents,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-capsule-'))
  try {
    await writeFile(join(folder, MANIFEST), manifest)
    await writeFile(join(folder, WEIGHTS), weights)
    return await use(folder)
  } finally {
    await discard(folder)
  }
}

const figures = ['n', 'loss', 'accuracy', 'auc', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1', 'brier', 'ece'] as const satisfies readonly (keyof Evaluation)[] // prettier-ignore

function changedFigures(
  capsule: Capsule,
  rescored: readonly CapsuleFilm[],
  tolerance: number,
): CapsuleDifference[] {
  return (['validation', 'test'] as const).flatMap((part) => {
    const before = capsule[part]
    const after = figuresOf(rescored, part, capsule.manifest)
    return figures.flatMap((figure): CapsuleDifference[] => {
      const expected = before?.[figure] ?? null
      const found = after?.[figure] ?? null
      const isSame =
        expected === null || found === null
          ? expected === found
          : Math.abs(expected - found) <= tolerance
      return isSame ? [] : [{ kind: 'figure', part, figure, expected, found }]
    })
  })
}
