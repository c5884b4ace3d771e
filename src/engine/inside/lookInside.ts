/** What the layers of a model make of a film, what they hold, and what excites them; as pictures. */
import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import { channelsAtOnce, type LayerLook } from '../../shared/domain/look.ts'
import { AppError } from '../../shared/errors.ts'
import { networkInput, packFilms, readForNetwork } from '../predict/readForNetwork.ts'
import { tensorflow } from '../tensorflow.ts'
import { maximise } from './maximise.ts'
import { layerNamed, upTo, withModel, type OpenModel } from './openModel.ts'
import { jpegsOf, planesOf, type Plane } from './pictures.ts'
import { scaledFilms } from './scaledFilms.ts'

export interface LookOrder {
  readonly modelFolder: string
  readonly look: LayerLook
  /** The film of a feature map. */
  readonly path?: string | undefined
}

export interface LookPictures {
  readonly jpegs: Uint8Array<ArrayBuffer>[]
  /** Of the layer in all. */
  readonly channels: number
}

/**
 * One JPEG a channel, from the first that is asked for on, each scaled from its own lowest to its own highest value.
 * Throws NOT_FOUND for a layer that is not there, BAD_INPUT for one that has nothing of the kind to show.
 */
export const lookInside = ({ modelFolder, look, path }: LookOrder): Promise<LookPictures> =>
  withModel(modelFolder, async (open) => {
    const { planes, channels } = await planesOfLook(open, look, path)
    return { jpegs: await jpegsOf(planes), channels }
  })

interface Planes {
  readonly planes: readonly Plane[]
  readonly channels: number
}

function planesOfLook(open: OpenModel, look: LayerLook, path: string | undefined): Promise<Planes> {
  switch (look.kind) {
    case 'maps':
      return featureMaps(open, look, path)
    case 'filters':
      return Promise.resolve(filters(open, look))
    case 'maximise':
      return maximise(open, { ...look, channels: (all) => chosen(look.first, all) })
  }
}

const chosen = (first: number, channels: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.min(channelsAtOnce, channels - first)) },
    (_, at) => first + at,
  )

type Of<Kind> = Extract<LayerLook, { kind: Kind }>

async function featureMaps(
  open: OpenModel,
  { layer, first }: Of<'maps'>,
  path: string | undefined,
): Promise<Planes> {
  if (path === undefined) throw new AppError('BAD_INPUT', 'A feature map needs a film')
  const tf = tensorflow()
  const { spec, preprocessing } = open.manifest
  const film = packFilms([await readForNetwork(path, networkInput(open.manifest))])
  const part = upTo(open, layer)
  const map = tf.tidy(
    () => part.predict(scaledFilms(tf, film, spec.input, preprocessing.scale)) as Tensor,
  )
  try {
    const [, rows, columns, channels] = map.shape
    if (rows === undefined || columns === undefined || channels === undefined) {
      throw new AppError('BAD_INPUT', `The layer ${layer} gives plain numbers, not maps`)
    }
    const values = await map.data<'float32'>()
    return {
      planes: planesOf(values, [rows, columns, channels], chosen(first, channels)),
      channels,
    }
  } finally {
    map.dispose()
  }
}

/** Each kernel as one picture: the mean over the channels that it reads. */
function filters(open: OpenModel, { layer, first }: Of<'filters'>): Planes {
  const tf = tensorflow()
  const kernel = layerNamed(open, layer)
    .getWeights()
    .find(({ shape }) => shape.length === 4)
  if (!kernel) {
    throw new AppError('BAD_INPUT', `The layer ${layer} is no convolution, so it has no filters`)
  }
  const [rows = 0, columns = 0, , channels = 0] = kernel.shape
  const values = tf.tidy(() => tf.mean(kernel, 2).dataSync<'float32'>())
  return { planes: planesOf(values, [rows, columns, channels], chosen(first, channels)), channels }
}
