import { expect, test } from 'vitest'
import { isFrontal, isLateral } from '../../../shared/filmView.ts'
import { lossyWords, takenAt, viewName } from './shownFilm.ts'
import { film } from './testFilms.ts'

const facts = {
  ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1, bitsStored: 8 },
  ...{ bitsAllocated: 8, lossy: false, studyUid: '', seriesUid: '', sopInstanceUid: '' },
}

test('view and time are said as a radiologist says them, or not at all', () => {
  const dicom = { ...facts, viewPosition: 'LL', studyDate: '2024-03-01', studyTime: '10:42:07' }
  expect([viewName({ dicom }), takenAt({ dicom })]).toEqual(['Lateral LL', '2024-03-01 10:42'])
  expect([viewName({ dicom: facts }), takenAt({})]).toEqual([undefined, undefined])
  expect([isLateral('lat'), isFrontal('ap'), isLateral('PA')]).toEqual([true, true, false])
})

test('a film says that it was compressed with loss, and how much', () => {
  const { image } = film('a')
  const lossy = { ...facts, lossy: true }
  expect([
    lossyWords({ image, dicom: facts }),
    lossyWords({ image, dicom: lossy }),
    lossyWords({ image, dicom: { ...lossy, lossyRatio: 12.2 } }),
    lossyWords({ image }),
    lossyWords({ image: { ...image, fileName: 'a.png' } }),
  ]).toEqual([undefined, 'LOSSY', 'LOSSY 12:1', 'LOSSY', undefined])
})
