/** Films of a data set with what was measured of them, read a piece at a time, so that this process answers in between. */
import { throwIfCancelled } from '../../shared/errors.ts'
import type { MeasuredImage } from '../../store/filmQuality.ts'
import type { Library } from '../library.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'

/** Some hundredths of a second. */
const rowsAtOnce = 250

/** One film for each content whose facts of this version are not known, in the data set's order. */
export async function unmeasuredFilms(
  { store }: Library,
  { datasetId, version }: { readonly datasetId: string; readonly version: string },
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly path: string }[]> {
  const byContent = new Map<string, { id: string; path: string }>()
  await inPieces(store.images.end(datasetId), signal, (from, to) => {
    for (const { fileHash, id, path } of store.filmQuality.unmeasured(datasetId, version, from, to))
      if (!byContent.has(fileHash)) byContent.set(fileHash, { id, path })
  })
  return [...byContent.values()]
}

/** All films, in the data set's order. */
export async function readMeasured(
  { store }: Library,
  datasetId: string,
  signal: AbortSignal,
): Promise<MeasuredImage[]> {
  const films: MeasuredImage[] = []
  await inPieces(store.images.end(datasetId), signal, (from, to) => {
    films.push(...store.filmQuality.measured(datasetId, from, to))
  })
  return films
}

/** Works through 0 to `end`, in which `to` is not, with a turn of the loop after each piece. Throws CANCELLED. */
export async function inPieces(
  end: number,
  signal: AbortSignal,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < end; from += rowsAtOnce) {
    throwIfCancelled(signal)
    work(from, Math.min(from + rowsAtOnce, end))
    await turnOfTheLoop()
  }
}
