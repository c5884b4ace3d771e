/** Worklists and a main process in memory, for the tests of this page. */
import type { WorklistItem } from '../../../shared/domain/review.ts'

export const film = (id: string, more: Partial<WorklistItem> = {}): WorklistItem => ({
  image: {
    id,
    fileName: `${id}.jpeg`,
    patient: `patient of ${id}`,
    rows: 2,
    columns: 2,
    bytes: 100,
    synthetic: false,
  },
  turned: false,
  ...more,
})

/** A film that the model gave this score for the second of two classes. */
export const scored = (id: string, score: number, more: Partial<WorklistItem> = {}) =>
  film(id, { prediction: predictionOf(id, score), ...more })

export const predictionOf = (imageId: string, score: number) => ({
  imageId,
  modelId: 'm',
  probabilities: [1 - score, score],
  createdAt: '2026-01-01T00:00:00.000Z',
})

export const twoClasses = { classes: ['NORMAL', 'PNEUMONIA'], threshold: 0.5 }
