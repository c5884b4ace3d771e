/** Whether a film loses its score sooner when the map's hottest parts go first (Petsiuk et al. 2018). */
import type { Random } from '../../data/random.ts'
import { shuffledOrder } from '../../data/shuffle.ts'
import type { Network } from '../../graph/network.ts'
import type { FilmInput } from '../../images/filmInput.ts'
import { packFilms } from '../../predict/readForNetwork.ts'
import { rowsOf } from '../../predict/rows.ts'
import type { HeatMap } from '../heatMap.ts'
import { blankedFilm, cellMeans, cellOfPixels, CELLS, type Side } from './cells.ts'

/** Films with ever more of their cells blanked, the whole film left out; the last one is blank. */
const STEPS = 16
const CHANCES = 20

export interface Deletion {
  /** Mean probability of the class while cells go, the map's hottest first. */
  readonly area: number
  /** The same with cells in an order of chance, mean of twenty orders. */
  readonly chance: number
  /** Share of these orders that the map's order is clearly below. */
  readonly beaten: number
}

/** By how much a mean probability must lie lower to count: where hiding hardly moves a score, nothing carries it. */
const CLEARLY = 0.01

interface DeletionOrder {
  readonly network: Pick<Network, 'predict'>
  readonly film: FilmInput
  readonly side: Side
  readonly probabilityOf: (row: Float32Array) => number
  readonly random: Random
}

/** Cells are filled with the film's own mean. `pause` is called after each run of the network. */
export async function deletionTest(
  map: HeatMap,
  order: DeletionOrder,
  pause: () => Promise<void>,
): Promise<Deletion> {
  const heat = cellMeans(map)
  const hottestFirst = [...heat.keys()].sort((a, b) => heat[b]! - heat[a]!)
  const area = areaOf(order, hottestFirst)
  await pause()
  const chances: number[] = []
  for (let time = 0; time < CHANCES; time++) {
    chances.push(areaOf(order, [...shuffledOrder(CELLS * CELLS, order.random)]))
    await pause()
  }
  return {
    area,
    chance: chances.reduce((sum, one) => sum + one, 0) / CHANCES,
    beaten: chances.filter((one) => area < one - CLEARLY).length / CHANCES,
  }
}

function areaOf(
  { network, film, side, probabilityOf }: DeletionOrder,
  order: readonly number[],
): number {
  const cells = cellOfPixels(side)
  const grey = Math.round(film.pixels.reduce((sum, value) => sum + value, 0) / film.pixels.length)
  const films = Array.from({ length: STEPS }, (_, step) => {
    const gone = order.slice(0, ((step + 1) * order.length) / STEPS)
    return blankedFilm(film, cells, new Set(gone), grey)
  })
  const rows = rowsOf(network.predict(packFilms(films)), STEPS)
  return rows.reduce((sum, row) => sum + probabilityOf(row), 0) / STEPS
}
