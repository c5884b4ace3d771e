/** Scores of a run's validation films: as they are, and as changed copies. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { batchesOf } from '../src/engine/data/batches.ts'
import { openFilmCache } from '../src/engine/data/filmCache.ts'
import { randomStream } from '../src/engine/data/random.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import { createAugmenter } from '../src/engine/train/augmenter.ts'
import { writeFileAtomically } from '../src/files/atomicWrite.ts'
import { augmentation, settings, spec, stress } from './protocol.ts'
import { filmsOfRun, runName, type Run, type Work } from './runs.ts'

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

/** Computed once and kept beside the run. */
export async function scoresOf(work: Work, run: Run, modelFolder: string): Promise<FilmScores[]> {
  const file = join(work.folder, `${runName(run)}.scores.json`)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return z.array(FilmScores).parse(JSON.parse(known))
  const scores = await score(work, run, modelFolder)
  await writeFileAtomically(file, `${JSON.stringify(scores)}\n`)
  return scores
}

async function score(work: Work, run: Run, modelFolder: string): Promise<FilmScores[]> {
  const watched = filmsOfRun(work.films, run).filter(({ part }) => part === 'validation')
  const { height: rows, width: columns, channels } = spec.input
  const { resize } = settings.preprocessing
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const paths = watched.map(({ path }) => path)
  const folder = join(work.folder, 'films')
  const cache = await openFilmCache({ paths, folder, rows, columns, channels, resize }, quiet)
  const { network } = await loadModel(modelFolder)
  const augmenter = createAugmenter({ rows, columns })
  const random = randomStream(stress.seed, 'stress')
  const scores: FilmScores[] = []
  try {
    for await (const { positions, films } of batchesOf(cache, [...watched.keys()], atOnce)) {
      const plain = network.predict(films)
      const copies: Float32Array[] = []
      for (let copy = 0; copy < stress.copies; copy++)
        copies.push(network.predict(await augmenter.augment(films, augmentation, random)))
      for (const [at, position] of positions.entries()) {
        const { path, patient, label } = watched[position]!
        const film = path.split('/').slice(-2).join('/')
        const stressed = copies.map((copy) => copy[at]!)
        scores.push({ film, patient, label, plain: plain[at]!, stressed })
      }
    }
    return scores
  } finally {
    augmenter.dispose()
    network.dispose()
    await cache.close()
  }
}
