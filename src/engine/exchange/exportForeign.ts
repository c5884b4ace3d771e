/** A model for other programs: tfjs-layers' own format, or a network description with weights that Keras reads. */
import { join } from 'node:path'
import { writeSynced } from '../../files/atomicWrite.ts'
import { commitFolder } from '../../files/commitFolder.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { leakWords } from '../../shared/split/words.ts'
import type { NamedArray } from '../graph/network.ts'
import { scaledFilms } from '../inside/scaledFilms.ts'
import { loadPackage, type LoadedPackage } from '../models/package.ts'
import { wire } from '../models/wiring.ts'
import { setTfjsWeights, toTfjsModel } from '../models/tfjsModel.ts'
import { loadModel } from '../predict/loadModel.ts'
import { tensorflow } from '../tensorflow.ts'
import { kerasLoader } from './kerasLoader.ts'
import { npzOf } from './npz.ts'

export type ForeignFormat = 'tfjs' | 'keras'

/** Golden films by which the other program can be checked. */
const CHECK_FILMS = 8
const SHARD = 'weights.bin'

/**
 * Writes `folder`, which must not exist. Both formats hold `network.json` (layers, input, how pixels become input,
 * classes, threshold). Throws UNSUPPORTED naming a layer that tfjs-layers has no equal of, BAD_MODEL, DISK_FULL.
 */
export async function exportForeign(
  modelFolder: string,
  folder: string,
  format: ForeignFormat,
): Promise<ModelManifest> {
  const loaded = await loadPackage(modelFolder)
  const description = encode(describe(loaded.manifest))
  const files = format === 'tfjs' ? await tfjsFiles(loaded) : await kerasFiles(modelFolder, loaded)
  await commitFolder(folder, async (temporary) => {
    await writeSynced(join(temporary, 'network.json'), [description])
    for (const [name, bytes] of files) await writeSynced(join(temporary, name), [bytes])
  })
  return loaded.manifest
}

type Files = readonly (readonly [name: string, bytes: Uint8Array])[]

const encode = (value: unknown): Uint8Array =>
  new TextEncoder().encode(
    typeof value === 'string' ? value : `${JSON.stringify(value, undefined, 2)}\n`,
  )

/** Every layer with its name and the names of what feeds it. */
function describe(manifest: ModelManifest) {
  const { name, spec, preprocessing, classes, threshold, golden, card } = manifest
  const layers = wire(spec).map((layer) => ({
    ...layer.spec,
    name: layer.name,
    inputs: layer.inputs,
  }))
  return {
    ...{ name, input: spec.input, layers, preprocessing, classes, threshold },
    checkFilms: Math.min(CHECK_FILMS, golden?.films ?? 0),
    ...noticesOf(card),
  }
}

/** What goes with the network into whatever program. */
const noticesOf = ({ leak }: ModelManifest['card']) => ({
  notice: 'Research use only. Not a medical device.',
  ...(leak && { training: leakWords(leak) }),
})

/** `model.json` and its weights, as `tf.loadLayersModel` takes them. */
async function tfjsFiles({ manifest: { spec, card }, weights }: LoadedPackage): Promise<Files> {
  const tf = tensorflow()
  const model = toTfjsModel(spec)
  try {
    setTfjsWeights(spec, model, weights)
    let files: Files = []
    await model.save(
      tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData }) => {
        const weightsManifest = [{ paths: [SHARD], weights: weightSpecs ?? [] }]
        const description = { format: 'layers-model', generatedBy: 'Pneumoscope', convertedBy: null, modelTopology, weightsManifest, userDefinedMetadata: noticesOf(card) } // prettier-ignore
        files = [
          ['model.json', encode(description)],
          [SHARD, bytesOf(weightData)],
        ]
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } }) // prettier-ignore
      }),
    )
    return files
  } finally {
    model.dispose()
  }
}

function bytesOf(data: ArrayBuffer | ArrayBuffer[] | undefined): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return Buffer.concat((data ?? []).map((part) => new Uint8Array(part)))
}

async function kerasFiles(folder: string, loaded: LoadedPackage): Promise<Files> {
  return [
    ['weights.npz', npzOf(loaded.weights)],
    ['load_model.py', encode(kerasLoader)],
    ['check.npz', npzOf(await checkArrays(folder, loaded))],
  ]
}

/** Golden films as the network takes them, and what it says of them here. */
async function checkArrays(
  folder: string,
  { manifest, goldenPixels }: LoadedPackage,
): Promise<NamedArray[]> {
  const { spec, preprocessing } = manifest
  const { height, width, channels } = spec.input
  if (!goldenPixels) throw new AppError('BAD_MODEL', `${folder}: without golden films nothing shows that Keras reads it rightly; train it anew`) // prettier-ignore
  const count = Math.min(CHECK_FILMS, goldenPixels.length / (height * width))
  const films = {
    count,
    channels: 1,
    pixels: goldenPixels.slice(0, count * height * width),
  } as const
  const { network } = await loadModel(folder)
  const tf = tensorflow()
  try {
    const scores = network.predict(films)
    const inputs = tf.tidy(() =>
      scaledFilms(tf, films, spec.input, preprocessing.scale).dataSync<'float32'>().slice(),
    )
    return [
      { name: 'films', shape: [count, height, width, channels], values: inputs },
      { name: 'scores', shape: [count, scores.length / count], values: scores },
    ]
  } finally {
    network.dispose()
  }
}
