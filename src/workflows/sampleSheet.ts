import type { ImageRow } from '../shared/domain/dataset.ts'
import type { Library } from './library.ts'

export interface SampleRow {
  readonly className: string
  readonly images: ImageRow[]
}

/** A few films of each class, drawn with the seed: the same films for the same seed. */
export function sampleSheet(
  { store }: Pick<Library, 'store'>,
  {
    datasetId,
    perClass,
    seed,
  }: { readonly datasetId: string; readonly perClass: number; readonly seed: number },
): SampleRow[] {
  const { classes } = store.datasets.get(datasetId)
  const random = randomOf(seed)
  return classes.map((className) => {
    const ids = drawn(store.images.idsOfClass(datasetId, className), perClass, random)
    return { className, images: ids.flatMap((id) => store.images.row(id) ?? []) }
  })
}

/** `count` different items, in the order of their drawing (Fisher and Yates, as far as needed). */
function drawn<T>(items: readonly T[], count: number, random: () => number): T[] {
  const rest = [...items]
  const taken: T[] = []
  while (taken.length < count && rest.length > 0) {
    taken.push(...rest.splice(Math.floor(random() * rest.length), 1))
  }
  return taken
}

/** Even numbers in [0, 1) from a 32-bit state: Marsaglia's xorshift ("Xorshift RNGs", 2003, triple 13, 17, 5). */
function randomOf(seed: number): () => number {
  // A state of zero would stay zero; the odd factor spreads small seeds over all bits.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
