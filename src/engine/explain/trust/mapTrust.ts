/** How far a map can be believed: does it stay when the film moves, when the network changes, and does it find what counts? */
import type { ExplainOrder, MapTrust, TrustTest } from '../../../shared/domain/explanation.ts'
import type { Job } from '../../../shared/rpc/contract.ts'
import { randomStream } from '../../data/random.ts'
import { inferShapes } from '../../models/shapes.ts'
import { loadedModels } from '../../predict/loadModel.ts'
import type { LoadedModel } from '../../predict/modelCache.ts'
import { openMaps, probabilityOf, type MapMaker } from '../mapMaker.ts'
import { openFilm, type OpenFilm } from '../openFilm.ts'
import type { HeatMap } from '../heatMap.ts'
import { cellMeans } from './cells.ts'
import { deletionTest } from './deletion.ts'
import { droppedWeights } from './droppedWeights.ts'
import { rankCorrelation } from './rankCorrelation.ts'
import { middleOf, shiftedFilm, type Shift } from './shifted.ts'

/** Pixels of the network's input. */
const SHIFT = 4
const DROPOUTS = 4
const RATE = 0.1
/** A rank correlation of 0.7 is what is usually called strong; 19 of 20 orders is one in twenty by chance. */
const [LEAST_CORRELATION, LEAST_BEATEN] = [0.7, 0.95]
const STEPS = 4 + DROPOUTS + 1

const shifts: readonly Shift[] = [
  { down: SHIFT, right: 0 },
  { down: -SHIFT, right: 0 },
  { down: 0, right: SHIFT },
  { down: 0, right: -SHIFT },
]

/**
 * Three tests of a map. Stability: Spearman's correlation of the map with those of the film moved by four pixels each
 * way, moved back. Agreement: the same with a tenth of every layer's input dropped. Both compare 16 × 16 cells. Deletion:
 * the share of twenty orders of chance in which the score falls later than in the map's own order.
 * Throws as `explainFilm`.
 */
export function mapTrust(
  order: ExplainOrder,
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<MapTrust> {
  return loadedModels.use(order.modelFolder, async (model) => {
    const open = await openFilm(model, order, signal)
    const maps = await openMaps(model, open.order)
    let done = 0
    const step = () => report({ done: ++done, total: STEPS })
    try {
      const map = await maps.mapOf(open.film)
      const stability = await stabilityOf(map, model, open, maps, step)
      const agreement = await agreementOf(map, model, open, maps, step)
      const deletion = await deletionOf(map, model, open)
      step()
      return trustOf(stability, agreement, deletion)
    } finally {
      maps.dispose()
    }
  })
}

/** Low where two tests fail, or the only ones that could be made. */
export function trustOf(
  stability: number,
  agreement: number | undefined,
  { beaten, area, chance }: { beaten: number; area: number; chance: number },
): MapTrust {
  const test = (value: number, least: number): TrustTest => ({
    value,
    least,
    holds: value >= least,
  })
  const tests = {
    stability: test(stability, LEAST_CORRELATION),
    agreement: agreement === undefined ? null : test(agreement, LEAST_CORRELATION),
    deletion: { ...test(beaten, LEAST_BEATEN), area, chance },
  }
  const made = [tests.stability, tests.agreement, tests.deletion].filter((one) => one !== null)
  const failed = made.filter(({ holds }) => !holds).length
  const level = failed === 0 ? 'high' : failed === 1 && made.length === 3 ? 'fair' : 'low'
  return { level, ...tests }
}

async function stabilityOf(
  map: HeatMap,
  { manifest: { spec } }: LoadedModel,
  { film }: OpenFilm,
  maps: MapMaker,
  step: () => void,
): Promise<number> {
  const { height: rows, width: columns } = spec.input
  const here = cellMeans(middleOf(map, SHIFT, { down: 0, right: 0 }))
  return meanOver(shifts, async (shift) => {
    const moved = await maps.mapOf(shiftedFilm(film, { rows, columns }, shift))
    step()
    return rankCorrelation(here, cellMeans(middleOf(moved, SHIFT, shift)))
  })
}

async function agreementOf(
  map: HeatMap,
  { manifest: { spec } }: LoadedModel,
  { film }: OpenFilm,
  maps: MapMaker,
  step: () => void,
): Promise<number | undefined> {
  const model = inferShapes(spec)
  const random = randomStream(1, 'dropped')
  const changed = Array.from({ length: DROPOUTS }, () =>
    droppedWeights(model, maps.weights, random, RATE),
  ).filter((weights) => weights !== undefined)
  if (changed.length === 0) return undefined
  const here = cellMeans(map)
  return meanOver(changed, async (weights) => {
    const other = await maps.mapOf(film, weights)
    step()
    return rankCorrelation(here, cellMeans(other))
  })
}

const deletionOf = (map: HeatMap, { network, manifest }: LoadedModel, { film, order }: OpenFilm) =>
  deletionTest(
    map,
    {
      ...{ network, film },
      side: { rows: manifest.spec.input.height, columns: manifest.spec.input.width },
      probabilityOf: (row) => probabilityOf(row, order.target),
      random: randomStream(1, 'deleted'),
    },
    order.pause,
  )

async function meanOver<T>(items: readonly T[], value: (item: T) => Promise<number>) {
  let sum = 0
  for (const item of items) sum += await value(item)
  return sum / items.length
}
