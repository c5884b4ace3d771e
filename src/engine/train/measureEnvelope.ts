import type { View } from '../../shared/domain/envelope.ts'
import type { TrainingSettings } from '../../shared/domain/training.ts'
import { batchesOf } from '../data/batches.ts'
import { randomStream, type Random } from '../data/random.ts'
import { shuffled } from '../data/shuffle.ts'
import { agesInFiles } from '../envelope/agesInFiles.ts'
import { fitEnvelope, type FittedEnvelope } from '../envelope/fitEnvelope.ts'
import { fewFeatures, thumbOf, type FilmLook } from '../envelope/look.ts'
import { estranged, strangers } from '../envelope/strangers.ts'
import type { FilmBatch, Network } from '../graph/network.ts'
import { rowsOf } from '../predict/rows.ts'
import { createAugmenter } from './augmenter.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/** Films that are looked at, drawn from all: more move no figure. Each is seen as it is and changed, some as strangers too. */
const [TRAIN_FILMS, VALIDATION_FILMS, STRANGE_FILMS] = [512, 256, 96]
const FILMS_AT_ONCE = 64

type Eyes = Pick<Network, 'predictWithFeatures' | 'spec'>
type Settings = Pick<TrainingSettings, 'ages' | 'seed' | 'augmentation'>

/**
 * The envelope of a training's films as the network sees them: as they are, as the training changed them, and turned into
 * pictures of other kinds. Undefined for too few films, or a network without an image.
 */
export async function measureEnvelope(
  network: Eyes,
  { source, places, pathsOf }: Pick<TrainingFilms, 'source' | 'places' | 'pathsOf'>,
  settings: Settings,
): Promise<FittedEnvelope | undefined> {
  const draw = (part: readonly number[], count: number) =>
    shuffled(part, randomStream(settings.seed, 'envelope')).slice(0, count)
  const train = draw(places.train, TRAIN_FILMS)
  const validation = draw(places.validation, VALIDATION_FILMS)
  const batchesAt = (drawn: readonly number[]) => batchesOf(source, drawn, FILMS_AT_ONCE)
  const ages = settings.ages ?? (await agesInFiles(pathsOf(train)))
  const changing = changerOf(network, settings)
  try {
    const changedAt = (drawn: readonly number[]) => changedOf(network, changing.change, batchesAt(drawn)) // prettier-ignore
    const seen = {
      train: await looksAt(network, batchesAt(train)),
      validation: await looksAt(network, batchesAt(validation)),
      changed: { train: await changedAt(train), validation: await changedAt(validation) },
      strangers: await strangersAt(network, batchesAt(train.slice(0, STRANGE_FILMS)), settings.seed), // prettier-ignore
    }
    return fitEnvelope(seen, ages)
  } finally {
    changing.dispose()
  }
}

type Batches = AsyncIterable<{ readonly films: FilmBatch }>
type Change = (films: FilmBatch) => Promise<FilmBatch>

/** Changes films as the training does; always in the same way for the same seed. */
function changerOf({ spec }: Eyes, { augmentation, seed }: Settings) {
  const augmenter = createAugmenter({ rows: spec.input.height, columns: spec.input.width })
  const random = randomStream(seed, 'envelope/changed')
  const change: Change = (films) => augmenter.augment(films, augmentation, random)
  return { change, dispose: () => augmenter.dispose() }
}

async function looksAt(network: Eyes, batches: Batches): Promise<FilmLook[]> {
  const { height: rows, width: columns } = network.spec.input
  const looks: FilmLook[] = []
  for await (const { films } of batches) {
    const { channels } = films
    const length = films.pixels.length / films.count
    featuresOf(network, films).forEach((features, at) => {
      const pixels = films.pixels.subarray(at * length, (at + 1) * length)
      looks.push({
        features,
        thumb: thumbOf({ rows, columns, channels, pixels }),
        isColour: channels === 3 && isTinted(pixels),
      })
    })
  }
  return looks
}

async function changedOf(network: Eyes, change: Change, batches: Batches): Promise<Float32Array[]> {
  const found: Float32Array[] = []
  for await (const { films } of batches) {
    const changed = await change(films)
    // A training that changes nothing is told nothing twice.
    if (Buffer.compare(changed.pixels, films.pixels) === 0) continue
    found.push(...featuresOf(network, changed))
  }
  return found
}

async function strangersAt(network: Eyes, batches: Batches, seed: number) {
  const size = { rows: network.spec.input.height, columns: network.spec.input.width }
  const random: Random = randomStream(seed, 'envelope/strangers')
  const found = new Map<Exclude<View, 'usual'>, Float32Array[]>()
  for await (const { films } of batches) {
    for (const [view, estrange] of strangers) {
      const seen = featuresOf(network, estranged(films, size, estrange, random))
      found.set(view, [...(found.get(view) ?? []), ...seen])
    }
  }
  return found
}

const featuresOf = (network: Eyes, films: FilmBatch): Float32Array[] =>
  rowsOf(network.predictWithFeatures(films).features, films.count).map(fewFeatures)

/** Whether the channels of any pixel differ: a set with a film in colour is stored in three. */
const isTinted = (pixels: Uint8Array): boolean =>
  pixels.some((value, at) => at % 3 !== 0 && Math.abs(value - pixels[at - (at % 3)]!) > 24)
