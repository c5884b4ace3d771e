import type { FilmBatch } from '../graph/network.ts'

/** What batches are read from; a `FilmCache` is one. */
export interface FilmSource {
  readonly read: (positions: ArrayLike<number>) => Promise<FilmBatch>
}

/** Films of one step. */
export interface PositionedBatch {
  /** Of these films, in the source. */
  readonly positions: readonly number[]
  readonly films: FilmBatch
}

/**
 * The films at `positions`, `batchSize` at a time; the last batch holds what is left. While a batch is
 * used the next one is being read. For an epoch in random order pass shuffled positions.
 */
export async function* batchesOf(
  source: FilmSource,
  positions: readonly number[],
  batchSize: number,
): AsyncGenerator<PositionedBatch> {
  const readFrom = async (from: number): Promise<PositionedBatch | undefined> => {
    const chosen = positions.slice(from, from + batchSize)
    return chosen.length === 0 ? undefined : { positions: chosen, films: await source.read(chosen) }
  }
  let next = readFrom(0)
  for (let from = batchSize; ; from += batchSize) {
    const batch = await next
    if (!batch) return
    next = readFrom(from)
    // A consumer may stop before it asks for the next one; its failure then concerns nobody.
    next.catch(() => undefined)
    yield batch
  }
}
