/** Calibration, threshold and zones, chosen on films in files. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discard } from '../files/discard.ts'
import type { Refusal } from '../shared/domain/film.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import type { JudgementOrder } from '../shared/domain/scoreCard.ts'
import type { LabelledFilm } from '../shared/domain/training.ts'
import { AppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { Library } from './library.ts'
import { setHash } from './setHash.ts'

export interface FilmsDecision {
  /** The package, which is written to. */
  readonly folder: string
  readonly films: readonly LabelledFilm[]
  /** What the set of films is called, for a person. */
  readonly name: string
  readonly order: JudgementOrder
}

/**
 * Scores the films in float32 and chooses on them; a film that cannot be read is left out and told.
 * Throws BAD_INPUT (none can be read, too few, not two classes), BAD_MODEL, CANCELLED.
 */
export async function decideOnFilms(
  { engine }: Pick<Library, 'engine'>,
  { folder, films, name, order }: FilmsDecision,
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<{ readonly manifest: ModelManifest; readonly refused: readonly Refusal[] }> {
  const paths = films.map(({ path }) => path)
  const scores = new Map<string, number[]>()
  const refused: Refusal[] = []
  const total = 2 * films.length
  await engine.screen(
    {
      ...{ modelFolder: folder, paths, precision: 'float32' },
      turned: films.filter(({ turned }) => turned).map(({ path }) => path),
    },
    {
      signal,
      onProgress: ({ done, films: some }) => {
        for (const film of some)
          if (film.kind === 'scored') scores.set(film.path, film.probabilities)
          else refused.push(film.refusal)
        report({ done, total })
      },
    },
  )
  const scored = films.filter(({ path }) => scores.has(path))
  if (scored.length === 0) throw new AppError('BAD_INPUT', 'None of the films could be read')
  const hashes = await fileHashes(engine, scored.map(({ path }) => path), { signal, report: ({ done }) => report({ done: films.length + done, total }) }) // prettier-ignore
  const manifest = await engine.decide({
    ...order,
    folder,
    scored: {
      probabilities: scored.map(({ path }) => scores.get(path)!),
      labels: scored.map(({ label }) => label),
      patients: scored.map(({ patient }) => patient),
    },
    on: {
      ...{ name, films: scored.length },
      positives: scored.filter(({ label }) => label === 1).length,
      patients: new Set(scored.map(({ patient }) => patient)).size,
      hash: setHash(scored.map(({ path, label }) => ({ fileHash: hashes.get(path)!, label }))),
    },
  })
  return { manifest, refused }
}

/** By path. The films are read as an import reads them, so that the same films have the same hash there. */
async function fileHashes(
  engine: Library['engine'],
  paths: string[],
  { signal, report }: Job<{ done: number }>,
): Promise<ReadonlyMap<string, string>> {
  const thumbnailFolder = await mkdtemp(join(tmpdir(), 'pneumoscope-decide-'))
  const hashes = new Map<string, string>()
  try {
    await engine.readFilms(
      { paths, thumbnailFolder },
      {
        signal,
        onProgress: ({ done, readings }) => {
          for (const reading of readings)
            if (reading.kind === 'read') hashes.set(reading.path, reading.facts.fileHash)
          report({ done })
        },
      },
    )
  } finally {
    await discard(thumbnailFolder)
  }
  return hashes
}
