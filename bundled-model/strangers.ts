/** What the envelope says of watched films that were made strangers: negatives, turned films, pieces, noise. */
import { randomStream, type Random } from '../src/engine/data/random.ts'
import { shuffled } from '../src/engine/data/shuffle.ts'
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import { readRaster } from '../src/engine/images/readRaster.ts'
import { createAugmenter } from '../src/engine/train/augmenter.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import type { OutsideCode } from '../src/shared/domain/envelope.ts'
import { codesOf, flaggedRow, type FlaggedRow } from './flags.ts'
import { asInput, planeOf, side } from './pictures.ts'
import { augmentation } from './protocol.ts'
import { filmsOfFold, runName, type Run, type Work } from './runs.ts'

type Estrange = (film: Plane, random: Random) => Plane

/** The pixel of `film` for each place of a picture of `rows` × `columns`. */
const picked = (
  film: Plane,
  rows: number,
  columns: number,
  placeOf: (row: number, column: number) => readonly [row: number, column: number],
): Plane => {
  const pixels = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [fromRow, fromColumn] = placeOf(row, column)
      pixels[row * columns + column] = film.pixels[fromRow * film.columns + fromColumn]!
    }
  return { rows, columns, pixels }
}

/** Clockwise. */
const quarterTurn = (film: Plane): Plane =>
  picked(film, film.columns, film.rows, (row, column) => [film.rows - 1 - column, row])

/** `top` and `left` are shares of the film, as are its height and width. */
const piece = (film: Plane, top: number, left: number, height: number, width: number): Plane => {
  const [firstRow, firstColumn] = [Math.floor(film.rows * top), Math.floor(film.columns * left)]
  const [rows, columns] = [Math.floor(film.rows * height), Math.floor(film.columns * width)]
  return picked(film, rows, columns, (row, column) => [firstRow + row, firstColumn + column])
}

const kinds: readonly (readonly [string, Estrange])[] = [
  ['as it is', (film) => film],
  ['its negative', (film) => ({ ...film, pixels: film.pixels.map((value) => 255 - value) })],
  ['turned by 90°', quarterTurn],
  ['turned by 180°', (film) => quarterTurn(quarterTurn(film))],
  ['turned by 270°', (film) => quarterTurn(quarterTurn(quarterTurn(film)))],
  ['left half', (film) => piece(film, 0, 0, 1, 0.5)],
  ['right half', (film) => piece(film, 0, 0.5, 1, 0.5)],
  ['lower half', (film) => piece(film, 0.5, 0, 0.5, 1)],
  ['middle, half of each side', (film) => piece(film, 0.25, 0.25, 0.5, 0.5)],
  ['upper left corner, 40 % of each side', (film) => piece(film, 0, 0, 0.4, 0.4)],
  ['lower right corner, 40 % of each side', (film) => piece(film, 0.6, 0.6, 0.4, 0.4)],
  ['upper right corner, 40 % of each side', (film) => piece(film, 0, 0.6, 0.4, 0.4)],
  ['its greys in any order', disordered],
]

/** The greys of the reduced film, and nothing of the picture. */
function disordered(film: Plane, random: Random): Plane {
  const greys = shuffled([...asInput(film)], random)
  return { rows: side, columns: side, pixels: Uint8Array.from(greys) }
}

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
