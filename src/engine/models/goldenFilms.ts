/** Generated films in a package, with the scores they had: every computer and version is held to these. */
import type { GoldenFilms } from '../../shared/domain/model.ts'
import type { Parity } from '../../shared/domain/scoreCard.ts'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { FilmBatch, Network } from '../graph/network.ts'
import { resizeBilinear } from '../images/resize.ts'
import { rowsOf } from '../predict/rows.ts'
import { paintPlanned } from '../samples/generateFilms.ts'
import { planFilms } from '../samples/plan.ts'

/** 32 films at 128 × 128; fewer at a larger input, so that they do not outweigh a small network. */
const FILMS = { most: 32, least: 8, pixels: 32 * 128 * 128 } as const
const SEED = 20240601
/** Films are painted at this side and brought to the input's size as any film is. */
const PAINTED = 224

/** What may differ between two computers that score alike; a graphics card multiplies with fewer digits. */
const TOLERANCE = { CPU: 1e-4, WASM: 1e-4, GPU: 5e-3 }

/** Half without and half with an opacity: [films, height, width], grey. The same in every run of one version. */
function paintGoldenFilms(films: number, { height, width }: Pick<InputShape, 'height' | 'width'>) {
  const size = { rows: height, columns: width }
  const painted = { rows: PAINTED, columns: PAINTED }
  const pixels = new Uint8Array(films * height * width)
  planFilms(films, SEED).forEach((film, place) => {
    const raster = paintPlanned(film, SEED, PAINTED)
    pixels.set(resizeBilinear(raster, painted, size, 1), place * height * width)
  })
  return pixels
}

const batchOf = (films: number, pixels: Uint8Array): FilmBatch => ({
  count: films,
  channels: 1,
  pixels,
})

/** The scores of a network on freshly painted films, as a package keeps them. */
export function makeGolden(
  network: Pick<Network, 'predict' | 'spec'>,
  backend: string,
): { readonly golden: GoldenFilms; readonly pixels: Uint8Array } {
  const { height, width } = network.spec.input
  const fitting = Math.floor(FILMS.pixels / (height * width))
  const films = Math.min(FILMS.most, Math.max(FILMS.least, fitting))
  const pixels = paintGoldenFilms(films, { height, width })
  const scores = scoresOf(network, films, pixels)
  return { golden: { films, seed: SEED, scores, backend }, pixels }
}

function scoresOf(network: Pick<Network, 'predict'>, films: number, pixels: Uint8Array) {
  const outputs = network.predict(batchOf(films, pixels))
  return rowsOf(outputs, films).map((row) =>
    Array.from(row, (score) => Math.min(1, Math.max(0, score))),
  )
}

/** Whether a network scores the golden films as the package says. */
export function checkParity(
  network: Pick<Network, 'predict'>,
  golden: GoldenFilms,
  pixels: Uint8Array,
  { kind, name }: { readonly kind: keyof typeof TOLERANCE; readonly name: string },
): Parity {
  const found = scoresOf(network, golden.films, pixels)
  const worst = found.reduce(
    (most, row, film) =>
      row.reduce((more, score, output) => {
        const difference = Math.abs(score - golden.scores[film]![output]!)
        return difference <= more ? more : difference
      }, most),
    0,
  )
  const tolerance = TOLERANCE[kind]
  return {
    ...{ films: golden.films, worst, tolerance, holds: worst <= tolerance },
    ...{ expectedBy: golden.backend, computedBy: name },
  }
}
