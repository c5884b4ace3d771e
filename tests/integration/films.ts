/** Small films for tests: bright in the middle for one class, dark for the other. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomStream } from '../../src/engine/data/random.ts'
import { tensorflow } from '../../src/engine/tensorflow.ts'
import { ModelSpec } from '../../src/shared/domain/modelSpec.ts'
import { TrainingPlan, type TrainingSettingsInput } from '../../src/shared/domain/training.ts'

const side = 16
export const classes = ['NORMAL', 'PNEUMONIA'] as const

/** A convolution, batch normalisation, dropout: everything that keeps state or draws by chance. */
export const tinySpec = ModelSpec.parse({
  name: 'tiny',
  input: { height: side, width: side, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 4, activation: 'relu' },
    { type: 'batchNormalization' },
    { type: 'maxPool' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam', learningRate: 0.01 },
})

/** Writes `count` films into class folders and returns them as a plan takes them. */
export async function writeFilms(folder: string, count: number) {
  const tf = tensorflow()
  const random = randomStream(7, 'films')
  for (const name of classes) await mkdir(join(folder, name), { recursive: true })
  const films = Array.from({ length: count }, (_, at) => {
    const label = at % 2
    return { path: join(folder, classes[label]!, `film${at}.png`), label, patient: `p${at}` }
  })
  for (const { path, label } of films) {
    const pixels = Array.from({ length: side * side }, (_, at) => {
      const inMiddle = Math.hypot((at % side) - side / 2, Math.floor(at / side) - side / 2) < 4
      return Math.floor(random.next() * 80) + (inMiddle && label === 1 ? 120 : 40)
    })
    const tensor = tf.tensor3d(pixels, [side, side, 1], 'int32')
    await writeFile(path, await tf.node.encodePng(tensor))
    tensor.dispose()
  }
  return films
}

export const tinyPlan = (
  folder: string,
  films: TrainingPlan['films'],
  settings: TrainingSettingsInput = {},
): TrainingPlan =>
  TrainingPlan.parse({
    spec: tinySpec,
    settings: {
      ...{ epochs: 6, batchSize: 8, seed: 3 },
      augmentation: { flipHorizontal: true, zoom: 0.1, shear: 0.1, brightness: 0.1, noise: 0.02 },
      ...settings,
    },
    classes: [...classes],
    films,
    trainedOn: 'films for tests',
    folder,
    cacheFolder: join(folder, '..', 'cache'),
  })
