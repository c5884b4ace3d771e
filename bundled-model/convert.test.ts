import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createGraphNetwork } from '../src/engine/graph/graphNetwork.ts'
import { sizeOf } from '../src/engine/models/layerWeights.ts'
import { inferShapes } from '../src/engine/models/shapes.ts'
import { convertLite } from './convert.ts'
import { efficientnetLite, weightsPaths } from './efficientnetLite.ts'
import { readTorch } from './torch/readTorch.ts'

/** As scripts/setup/paths.mjs has it. */
const cacheFolder =
  process.env['PNEUMOSCOPE_CACHE'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pneumoscope')
const weightsFile = join(cacheFolder, weightsPaths.lite0)
const variant = {
  ...{ side: 64, frozenBlocks: 16, dropout: 0, labelSmoothing: 0, momentum: 0.9 },
  optimiser: { kind: 'sgd', learningRate: 0.01 },
} as const
const spec = efficientnetLite('features', { ...variant, size: 'lite0' })

/** What the published network learns and the statistics it keeps, both counted in its file. */
const published = {
  lite0: { learnt: 4_652_008, statistics: 42_016 },
  lite1: { learnt: 5_416_680, statistics: 53_664 },
} as const

test.each(['lite0', 'lite1'] as const)(
  '%s has the weights that are published, less the classifier and two of three colours',
  (size) => {
    const { layers } = inferShapes(efficientnetLite('network', { ...variant, size }))
    const weights = layers.flatMap((layer) => layer.weights)
    const count = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    // The classifier for 1,000 classes has 1,281,000 values and ours 1,281; our stem has 2 · 3 · 3 · 32 fewer.
    const { learnt, statistics } = published[size]
    expect(count).toBe(learnt - 1_281_000 - 576 + 1281 + statistics)
  },
)

test.skipIf(!existsSync(weightsFile))(
  'features are those of the published network, computed with numpy (runs once train:bundled has downloaded the weights)',
  () => {
    const { features } = JSON.parse(
      readFileSync(join('tests', 'fixtures', 'efficientnet-lite0.json'), 'utf8'),
    ) as { features: number[] }
    const weights = convertLite(readTorch(readFileSync(weightsFile)), 'lite0')
    // (x − 127) / 128 as a rescaling before the stem, since the film is to come in as it is.
    const network = createGraphNetwork({
      spec: { ...spec, layers: [{ type: 'rescaling', scale: 1 / 128, offset: -127 / 128 }, ...spec.layers] }, // prettier-ignore
      scale: 'none',
      seed: 1,
      memoryBudgetBytes: 1e9,
      inferenceOnly: true,
    })
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, at) => {
      const [y, x] = [Math.floor(at / 64), at % 64]
      return (7 * y + 13 * x + x * y) % 256
    })
    try {
      for (let look = 1; look <= 8; look++) {
        const direction = Float32Array.from(features, (_, at) => Math.cos(look * (at + 1)) / 20)
        network.writeWeights([
          ...weights,
          { name: 'score/kernel', shape: [1280, 1], values: direction },
          { name: 'score/bias', shape: [1], values: Float32Array.of(0) },
        ])
        const [score] = network.predict({ count: 1, channels: 1, pixels })
        const logit = Math.log(score! / (1 - score!))
        const expected = features.reduce((sum, feature, at) => sum + feature * direction[at]!, 0)
        expect(logit).toBeCloseTo(expected, 3)
      }
    } finally {
      network.dispose()
    }
  },
)
