import { expect, test } from 'vitest'
import { evaluationRows } from './evaluationRows.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'

const tenClasses: Evaluation = { n: 1200, loss: 0.5, accuracy: 0.75, matrix: [] }
const twoClasses: Evaluation = { ...tenClasses, auc: 0.9, aucCi95: [0.85, 0.94], sensitivity: 0.8 }

test('figures that no evaluation has are left out', () => {
  expect(evaluationRows([tenClasses]).map(({ label }) => label)).toEqual([
    'Films',
    'Loss',
    'Accuracy',
  ])
})

test('the area under the curve stands with its interval, and what is unknown is a dash', () => {
  const auc = evaluationRows([tenClasses, twoClasses]).find(({ label }) => label.startsWith('AUC'))
  expect(auc?.values).toEqual(['–', '0.900 (0.850–0.940)'])
})

test('sensitivity is told of the cases, PPV of the films that were called, AUC of all', () => {
  const rows = evaluationRows([{ ...twoClasses, specificity: 0.9, ppv: 0.8, npv: 0.7 }])
  const filmsOf = (label: string) => rows.find((row) => row.label.startsWith(label))?.films
  expect(filmsOf('Sensitivity')).toEqual({ label: 1 })
  expect(filmsOf('Specificity')).toEqual({ label: 0 })
  expect(filmsOf('PPV')).toEqual({ predicted: 1 })
  expect(filmsOf('NPV')).toEqual({ predicted: 0 })
  expect(filmsOf('AUC')).toBeUndefined()
})

test('a part that was not there has dashes', () => {
  expect(evaluationRows([null, tenClasses])[0]).toEqual({ label: 'Films', values: ['–', '1,200'] })
})
