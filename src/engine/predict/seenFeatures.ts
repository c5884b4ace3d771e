/** The features of the very run that scored a film, so that the envelope costs no second one. */
import { fewFeatures, thumbOf } from '../envelope/look.ts'
import { outsideReasons } from '../envelope/outside.ts'
import type { OutsideReason } from '../../shared/domain/envelope.ts'
import type { FilmBatch, Network } from '../graph/network.ts'
import type { FilmInput } from '../images/filmInput.ts'
import type { LoadedModel } from './modelCache.ts'
import { rowsOf } from './rows.ts'
import type { ScoringNetwork } from './scorer.ts'

export interface SeenFeatures {
  readonly network: ScoringNetwork
  /** [count, channels] of a batch that was scored; undefined where nobody asks for them. */
  readonly of: (films: FilmBatch) => Float32Array | undefined
}

/** The model's network, which remembers what it saw of each batch where the model has an envelope. */
export function seenFeatures({ network, envelope }: LoadedModel): SeenFeatures {
  if (!envelope) return { network, of: () => undefined }
  const features = new WeakMap<FilmBatch, Float32Array>()
  const remembering =
    (predict: Network['predictWithFeatures']) =>
    (films: FilmBatch): Float32Array => {
      const found = predict(films)
      features.set(films, found.features)
      return found.probabilities
    }
  const inBfloat16 = network.predictWithFeaturesInBfloat16
  return {
    network: {
      predict: remembering((films) => network.predictWithFeatures(films)),
      ...(inBfloat16 && { predictInBfloat16: remembering(inBfloat16) }),
    },
    of: (films) => features.get(films),
  }
}

/** Why each of the films may be outside, in their order. */
export function reasonsOf(
  { manifest, envelope }: Pick<LoadedModel, 'manifest' | 'envelope'>,
  films: readonly FilmInput[],
  features: Float32Array | undefined,
): OutsideReason[][] {
  const { height: rows, width: columns } = manifest.spec.input
  const pooled = features && rowsOf(features, films.length)
  return films.map(({ channels, pixels, isColour = false, dicom }, at) => {
    const seen = pooled?.[at]
    const fitted = seen && envelope
    const look = {
      ...{ isColour, dicom },
      features: seen ? fewFeatures(seen) : new Float32Array(),
      thumb: fitted ? thumbOf({ rows, columns, channels, pixels }) : new Float32Array(),
    }
    return outsideReasons(look, fitted)
  })
}
