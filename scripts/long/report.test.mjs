import { expect, test } from 'vitest'
import { summedUp } from './report.mjs'

test('pieces of damaged files are summed up by kind, and all else stands as it was told', () => {
  expect(
    summedUp([
      '\x1b[22mjpeg: 1000 damaged files from seed 1: 0 finds, slowest 759 ms of processor time, -1 MiB more at the end',
      'jpeg: 500 damaged files from seed 1001: 2 finds, slowest 90 ms of processor time, 3 MiB more at the end',
      '1000 damaged files from seed 1: 0 finds, slowest 78 ms of processor time, 1 threads',
      'a training: 41 operations, 40 failures told',
      'a training: 41 operations, 40 failures told',
    ]),
  ).toEqual([
    'jpeg: 1500 damaged files, 2 finds, slowest 759 ms of processor time, at most 3 MiB more at the end',
    'dicom: 1000 damaged files, 0 finds, slowest 78 ms of processor time, at most 1 threads',
    'a training: 41 operations, 40 failures told',
  ])
})
