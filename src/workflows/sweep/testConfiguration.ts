/** A configuration for tests. */
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { SweepConfiguration } from '../../shared/domain/sweep.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'

export const testConfiguration = (
  number: number,
  params: number,
  settings = TrainingSettings.parse({}),
): SweepConfiguration => ({
  ...{ number, params, name: `c${number}`, priority: 0, differs: {}, recipe: 'D: 1' },
  spec: ModelSpec.parse({
    name: 'test',
    input: { height: 2, width: 2, channels: 1 },
    classes: 2,
    layers: [{ type: 'flatten' }, { type: 'dense', units: 1, activation: 'sigmoid' }],
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'adam' },
  }),
  runs: [{ seed: 1, settings }],
})
