/** How time and memory of an epoch grow with the films, their size and the batch. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

export const GrowthPoint = z.object({
  films: z.int().min(2),
  /** Rows and columns of the network's input. */
  size: z.int().min(32),
  batch: z.int().min(1),
})
type GrowthPoint = z.infer<typeof GrowthPoint>

const GrowthFigures = GrowthPoint.extend({
  /** Decoding all films. */
  prepareSeconds: z.number(),
  /** Training on all of them once, the building of the graph included. */
  epochSeconds: z.number(),
  peakBytes: z.number(),
})
export type GrowthFigures = z.infer<typeof GrowthFigures>

export interface GrowthOrder {
  readonly films: readonly number[]
  readonly sizes: readonly number[]
  readonly batches: readonly number[]
  /** What the points that vary size or batch have. */
  readonly base: GrowthPoint
  /** Program and arguments that measure a point, which is added as JSON. */
  readonly measure: readonly string[]
  /** Figures measured before under the same `version` are taken from here, so that a broken run goes on. */
  readonly store: string
  readonly version: string
}

export interface Growth {
  readonly byFilms: readonly GrowthFigures[]
  readonly bySize: readonly GrowthFigures[]
  readonly byBatch: readonly GrowthFigures[]
}

export function growth({ films, sizes, batches, base, ...order }: GrowthOrder): Growth {
  const figures = (points: readonly GrowthPoint[]) => points.map((point) => measured(point, order))
  return {
    byFilms: figures(films.map((count) => ({ ...base, films: count }))),
    bySize: figures(sizes.map((size) => ({ ...base, size }))),
    byBatch: figures(batches.map((batch) => ({ ...base, batch }))),
  }
}

const Store = z.record(z.string(), GrowthFigures)

function measured(
  point: GrowthPoint,
  { measure, store, version }: Pick<GrowthOrder, 'measure' | 'store' | 'version'>,
): GrowthFigures {
  const known = readStore(store)
  const key = JSON.stringify({ version, ...point })
  const found = known[key]
  if (found) return found
  process.stderr.write(`${point.films} films of ${point.size}², batch ${point.batch}\n`)
  const [program, ...args] = measure
  const { status, stdout } = spawnSync(program!, [...args, JSON.stringify(point)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = stdout.split('\n').find((one) => one.startsWith('FIGURES '))
  if (status !== 0 || line === undefined) throw new Error(`${key} could not be measured`)
  const figures = GrowthFigures.parse(JSON.parse(line.slice('FIGURES '.length)))
  mkdirSync(dirname(store), { recursive: true })
  writeFileSync(store, JSON.stringify({ ...known, [key]: figures }))
  return figures
}

function readStore(store: string): z.infer<typeof Store> {
  try {
    return Store.parse(JSON.parse(readFileSync(store, 'utf8')))
  } catch {
    return {}
  }
}
