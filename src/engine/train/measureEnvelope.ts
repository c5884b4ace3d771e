import type { TrainingSettings } from '../../shared/domain/training.ts'
import { batchesOf } from '../data/batches.ts'
import { randomStream } from '../data/random.ts'
import { shuffled } from '../data/shuffle.ts'
import { agesInFiles } from '../envelope/agesInFiles.ts'
import { fitEnvelope, type FittedEnvelope } from '../envelope/fitEnvelope.ts'
import { fewFeatures, thumbOf, type FilmLook } from '../envelope/look.ts'
import type { Network } from '../graph/network.ts'
import { rowsOf } from '../predict/rows.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/** Films that are looked at, drawn from all: more move no figure. */
const [TRAIN_FILMS, VALIDATION_FILMS] = [1024, 512]
const FILMS_AT_ONCE = 64

/**
 * The envelope of a training's films as the network sees them, undisturbed. Undefined for too few films, or a network
 * without an image.
 */
export async function measureEnvelope(
  network: Pick<Network, 'predictWithFeatures' | 'spec'>,
  { source, places, pathsOf }: Pick<TrainingFilms, 'source' | 'places' | 'pathsOf'>,
  settings: Pick<TrainingSettings, 'ages' | 'seed'>,
): Promise<FittedEnvelope | undefined> {
  const draw = (part: readonly number[], count: number) =>
    shuffled(part, randomStream(settings.seed, 'envelope')).slice(0, count)
  const drawn = draw(places.train, TRAIN_FILMS)
  const train = await looksAt(network, source, drawn)
  const validation = await looksAt(network, source, draw(places.validation, VALIDATION_FILMS))
  const ages = settings.ages ?? (await agesInFiles(pathsOf(drawn)))
  return fitEnvelope(train, validation, ages)
}

async function looksAt(
  network: Pick<Network, 'predictWithFeatures' | 'spec'>,
  source: TrainingFilms['source'],
  places: readonly number[],
): Promise<FilmLook[]> {
  const { height: rows, width: columns } = network.spec.input
  const looks: FilmLook[] = []
  for await (const { films } of batchesOf(source, places, FILMS_AT_ONCE)) {
    const { channels } = films
    const length = films.pixels.length / films.count
    rowsOf(network.predictWithFeatures(films).features, films.count).forEach((features, at) => {
      const pixels = films.pixels.subarray(at * length, (at + 1) * length)
      looks.push({
        features: fewFeatures(features),
        thumb: thumbOf({ rows, columns, channels, pixels }),
        isColour: channels === 3 && isTinted(pixels),
      })
    })
  }
  return looks
}

/** Whether the channels of any pixel differ: a set with a film in colour is stored in three. */
const isTinted = (pixels: Uint8Array): boolean =>
  pixels.some((value, at) => at % 3 !== 0 && Math.abs(value - pixels[at - (at % 3)]!) > 24)
