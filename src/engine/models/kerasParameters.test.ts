/** Shapes and parameters against Keras: scripts/fixtures/keras_parameters.py made the table. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { recipes } from './presets.ts'
import { summarise } from './summary.ts'

const Table = z.object({
  networks: z.record(
    z.string(),
    z.object({
      total: z.int(),
      trainable: z.int(),
      layers: z.array(z.object({ shape: z.array(z.int()), params: z.int() })),
    }),
  ),
})
const fixture = new URL('../../../tests/fixtures/keras-parameters.json', import.meta.url)
const { networks } = Table.parse(JSON.parse(readFileSync(fileURLToPath(fixture), 'utf8')))

test.each(recipes)('$name has the shapes and parameters that Keras counts', ({ name, spec }) => {
  const { layers, totalParams, trainableParams } = summarise(spec, 32)
  expect({
    total: totalParams,
    trainable: trainableParams,
    layers: layers.map(({ outputShape, params }) => ({ shape: outputShape, params })),
  }).toEqual(networks[name])
})
