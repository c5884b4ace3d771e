/** Carries out the random changes of a batch: on bytes where mirroring is all, else in the graph. */
import { augmentNames } from './augment.ts'
import { partnerOf } from './mixing.ts'
import { mirrored, type FilmSize } from './mirror.ts'
import type { AugmentedBatch, FilmBatch } from './network.ts'
import { HeldTensor, type Feeds, type HostTensor, type Session } from './session.ts'

/** Films to feed: bytes as `films`, or floats as `raw`. */
export type Prepared =
  | { readonly kind: 'films'; readonly tensor: HostTensor }
  | { readonly kind: 'raw'; readonly tensor: HeldTensor }

/** The changed films. A `raw` tensor is the caller's to release. */
export function augment(
  session: Session,
  films: FilmBatch,
  size: FilmSize,
  changes: AugmentedBatch | undefined,
  seed: HostTensor,
): Prepared {
  const shape = [films.count, size.height, size.width, size.channels]
  if (changes === undefined) return { kind: 'films', tensor: { shape, values: films.pixels } }
  const { transforms, fill, photometric, cutout, ownShares } = changes
  const bytes = mirrored(films.pixels, transforms, size)
  if (bytes !== undefined && !photometric && !cutout && !ownShares)
    return { kind: 'films', tensor: { shape, values: bytes } }
  const rows = (values: Float32Array, length: number): HostTensor => ({
    shape: [films.count, length],
    values,
  })
  const first = { shape, values: bytes ?? films.pixels }
  const stages: [string, Feeds][] = []
  if (bytes === undefined)
    stages.push([
      augmentNames.moved(fill),
      new Map([[augmentNames.transforms, rows(transforms, 8)]]),
    ])
  if (photometric !== undefined)
    stages.push([
      augmentNames.toned,
      new Map([
        [augmentNames.photometric, rows(photometric, 4)],
        [augmentNames.seed, seed],
      ]),
    ])
  if (cutout !== undefined)
    stages.push([augmentNames.blanked, new Map([[augmentNames.cutout, rows(cutout, 4)]])])
  if (ownShares !== undefined) {
    const partners = Int32Array.from({ length: films.count }, (_, at) => partnerOf(at, films.count))
    stages.push([
      augmentNames.mixed,
      new Map([
        [augmentNames.partners, { shape: [films.count], values: partners }],
        [augmentNames.ownShares, { shape: [films.count], values: ownShares }],
      ]),
    ])
  }
  return { kind: 'raw', tensor: runStages(session, first, stages) }
}

/** Each stage takes the image of the one before, which stays inside TensorFlow. */
function runStages(
  session: Session,
  first: HostTensor,
  stages: readonly (readonly [string, Feeds])[],
): HeldTensor {
  let image: HostTensor | HeldTensor = first
  for (const [fetch, feeds] of stages) {
    const before: HostTensor | HeldTensor = image
    try {
      const name: string = before instanceof HeldTensor ? augmentNames.image : augmentNames.films
      image = session.run(new Map([...feeds, [name, before]]), [fetch])[0]!
    } finally {
      if (before instanceof HeldTensor) before.release()
    }
  }
  if (image instanceof HeldTensor) return image
  throw new TypeError('There was nothing to change')
}
