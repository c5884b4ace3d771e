import type { LibraryModel } from '../../../shared/contracts/appAreas/models.ts'
import { testRun } from '../../../shared/domain/testing/testRun.ts'

/** A model of the library for tests. */
export const testModel = (id: string, change: Partial<LibraryModel> = {}): LibraryModel => {
  const { spec, settings } = testRun()
  return {
    id,
    params: 65,
    isDefault: false,
    manifest: {
      format: 'pneumoscope-model',
      version: 2,
      name: id,
      createdAt: '2026-01-02T03:04:05Z',
      spec,
      preprocessing: { version: 1, resize: 'bilinear', scale: 'unit' },
      classes: ['NORMAL', 'PNEUMONIA'],
      threshold: 0.5,
      weights: [],
      files: { 'weights.bin': { sha256: 'ab', bytes: 260 } },
      card: {
        trainedOn: 'Films',
        films: { train: 80, validation: 20, test: 0 },
        settings,
        bestEpoch: 2,
        epochs: [],
        validation: null,
        test: null,
        synthetic: false,
        software: { tensorflow: '2.21.0' },
      },
    },
    ...change,
  }
}
