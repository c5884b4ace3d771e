import { expect, test } from 'vitest'
import { marksCsv, marksJson } from './exportMarks.ts'

const films = [
  {
    ...{ file: 'a.dcm', patient: 'p' },
    ruler: { aspect: 1, spacing: { row: 0.5, column: 0.5, source: 'detector' as const } },
    marks: [
      {
        ...{ id: '1', kind: 'length' as const, frame: 1, label: '=1+1' },
        points: [
          { x: 0, y: 0 },
          { x: 30, y: 40 },
        ],
      },
    ],
  },
  {
    ...{ file: 'b.png', patient: 'q', ruler: { aspect: 1 } },
    marks: [
      {
        ...{ id: '2', kind: 'arrow' as const, frame: 1, label: 'nodule' },
        points: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
      },
    ],
  },
]

test('the table tells what each mark measures, and no spreadsheet computes a label', () => {
  expect(marksCsv(films).split('\r\n').slice(1)).toEqual([
    "a.dcm,p,length,'=1+1,1,25,,mm,,detector,0.00 0.00; 30.00 40.00",
    'b.png,q,arrow,nodule,1,,,,,uncalibrated,1.00 2.00; 3.00 4.00',
    '',
  ])
})

test('the same can be read by a program', () => {
  const told: unknown = JSON.parse(marksJson(films))
  expect(told).toMatchObject({
    ...{ format: 'pneumoscope-marks', version: 1 },
    films: [{ file: 'a.dcm', marks: [{ kind: 'length', values: [25], unit: 'mm' }] }, {}],
  })
})
