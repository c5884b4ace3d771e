/** Scores of a fold's films by a model: as they are, and as changed copies. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { batchesOf } from '../src/engine/data/batches.ts'
import { openFilmCache } from '../src/engine/data/filmCache.ts'
import { randomStream } from '../src/engine/data/random.ts'
import type { LabelledFilm } from '../src/shared/domain/training.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import { createAugmenter } from '../src/engine/train/augmenter.ts'
import { writeFileAtomically } from '../src/files/atomicWrite.ts'
import { augmentation, stress } from './protocol.ts'
import { filmsOfFold, type Work } from './runs.ts'

const FilmScores = z.object({
  /** From the folder of the data on. */
  film: z.string(),
  patient: z.string(),
  label: z.int(),
  plain: z.number(),
  /** One for each changed copy. */
  stressed: z.array(z.number()),
})
export type FilmScores = z.infer<typeof FilmScores>

const atOnce = 32

/** A model that has seen no film of a fold. */
export interface Judged {
  readonly name: string
  readonly fold: number
  readonly modelFolder: string
}

/** Of the fold's own films, or of those that the model was trained on. */
type Scored = 'validation' | 'train'

/** Computed once and kept beside the trainings. */
export async function scoresOf(
  work: Work,
  judged: Judged,
  part: Scored = 'validation',
): Promise<FilmScores[]> {
  const kind = part === 'validation' ? 'scores' : 'training-scores'
  const file = join(work.folder, `${judged.name}.${kind}.json`)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return z.array(FilmScores).parse(JSON.parse(known))
  const films = filmsOfFold(work.films, judged.fold).filter((film) => film.part === part)
  const scores = await score(work, judged.modelFolder, films)
  await writeFileAtomically(file, `${JSON.stringify(scores)}\n`)
  return scores
}

/** What a film is called in scores. */
export const nameOf = ({ path }: { readonly path: string }): string =>
  path.split('/').slice(-2).join('/')

async function score(
  work: Work,
  modelFolder: string,
  judged: readonly LabelledFilm[],
): Promise<FilmScores[]> {
  const { network, manifest } = await loadModel(modelFolder)
  const { height: rows, width: columns, channels } = manifest.spec.input
  const { resize } = manifest.preprocessing
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const paths = judged.map(({ path }) => path)
  const folder = join(work.folder, 'films')
  const cache = await openFilmCache({ paths, folder, rows, columns, channels, resize }, quiet)
  const augmenter = createAugmenter({ rows, columns })
  const random = randomStream(stress.seed, 'stress')
  const scores: FilmScores[] = []
  try {
    for await (const { positions, films } of batchesOf(cache, [...judged.keys()], atOnce)) {
      const plain = network.predict(films)
      const copies: Float32Array[] = []
      for (let copy = 0; copy < stress.copies; copy++)
        copies.push(network.predict(await augmenter.augment(films, augmentation, random)))
      for (const [at, position] of positions.entries()) {
        const film = judged[position]!
        const { patient, label } = film
        const stressed = copies.map((copy) => copy[at]!)
        scores.push({ film: nameOf(film), patient, label, plain: plain[at]!, stressed })
      }
    }
    return scores
  } finally {
    augmenter.dispose()
    network.dispose()
    await cache.close()
  }
}
