/** What the envelope says of watched films that were made strangers: negatives, turned films, pieces, noise. */
import { randomStream } from '../src/engine/data/random.ts'
import { shuffled } from '../src/engine/data/shuffle.ts'
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import {
  disordered,
  negative,
  piece,
  turned,
  type Estrange,
} from '../src/engine/envelope/strangers.ts'
import { readRaster } from '../src/engine/images/readRaster.ts'
import { createAugmenter } from '../src/engine/train/augmenter.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import type { OutsideCode } from '../src/shared/domain/envelope.ts'
import { codesOf, flaggedRow, type FlaggedRow } from './flags.ts'
import { asInput, planeOf, side } from './pictures.ts'
import { augmentation, type Run } from './protocol.ts'
import { filmsOfFold, runName, type Work } from './runs.ts'

const kinds: readonly (readonly [string, Estrange])[] = [
  ['as it is', (film) => film],
  ['its negative', negative],
  ['turned by 90°', (film) => turned(film, 90)],
  ['turned by 180°', (film) => turned(film, 180)],
  ['turned by 270°', (film) => turned(film, 270)],
  ['left half', (film) => piece(film, 0, 0, 1, 0.5)],
  ['right half', (film) => piece(film, 0, 0.5, 1, 0.5)],
  ['lower half', (film) => piece(film, 0.5, 0, 0.5, 1)],
  ['middle, half of each side', (film) => piece(film, 0.25, 0.25, 0.5, 0.5)],
  ['upper left corner, 40 % of each side', (film) => piece(film, 0, 0, 0.4, 0.4)],
  ['lower right corner, 40 % of each side', (film) => piece(film, 0.6, 0.6, 0.4, 0.4)],
  ['upper right corner, 40 % of each side', (film) => piece(film, 0, 0.6, 0.4, 0.4)],
  ['its greys in any order', (film, random) => disordered(reduced(film), random)],
]

/** At the size of the network's input. */
const reduced = (film: Plane): Plane => ({ rows: side, columns: side, pixels: asInput(film) })

/** On `count` films of the run's watched fold, drawn by chance. */
export async function strangers(
  work: Work,
  run: Run,
  modelFolder: string,
  count: number,
): Promise<FlaggedRow[]> {
  const watched = filmsOfFold(work.films, run.fold).filter(({ part }) => part === 'validation')
  const films = shuffled(watched, randomStream(1, `strangers/${runName(run)}`)).slice(0, count)
  const random = randomStream(1, 'strangers/pixels')
  const model = await loadModel(modelFolder)
  const found = kinds.map(([kind]) => ({ kind, codes: [] as OutsideCode[][] }))
  const changed: OutsideCode[][] = []
  const augmenter = createAugmenter({ rows: side, columns: side })
  try {
    for (const { path } of films) {
      const film = planeOf(await readRaster(path))
      for (const [at, [, estrange]] of kinds.entries())
        found[at]!.codes.push(codesOf(model, estrange(film, random)))
      const one = { count: 1, channels: 1, pixels: asInput(film) } as const
      const { pixels } = await augmenter.augment(one, augmentation, random)
      changed.push(codesOf(model, { rows: side, columns: side, pixels }))
    }
  } finally {
    augmenter.dispose()
    model.network.dispose()
  }
  return [
    ...found.map(({ kind, codes }) => flaggedRow(kind, codes)),
    flaggedRow('changed as training films are', changed),
  ]
}
