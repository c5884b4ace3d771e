/** What a report says of its model, for the tests of this folder. */
import type { ModelManifest } from '../../shared/domain/model.ts'

/** A two-class model with a calibration that halves the logit. */
export const testManifest = {
  ...{
    format: 'pneumoscope-model',
    version: 2,
    name: 'Thorax 7',
    createdAt: '2026-01-01T00:00:00Z',
  },
  classes: ['NORMAL', 'PNEUMONIA'],
  threshold: 0.4,
  preprocessing: { version: 1, resize: 'bilinear', scale: 'unit' },
  calibration: {
    map: { kind: 'temperature', temperature: 2 },
    test: {
      folds: 5,
      raw: { loss: 0.5, brier: 0.2, ece: 0.2 },
      calibrated: { loss: 0.4, brier: 0.1, ece: 0.1 },
    },
  },
  files: { 'weights.bin': { sha256: 'ab'.repeat(32), bytes: 4 } },
  card: { synthetic: false },
} as unknown as ModelManifest
